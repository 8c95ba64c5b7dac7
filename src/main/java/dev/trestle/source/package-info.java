/** Git repositories, as far as the operator looks at them: which commit a ref is at. */
@NullMarked
package dev.trestle.source;

import org.jspecify.annotations.NullMarked;
