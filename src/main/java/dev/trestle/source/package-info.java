/** Git repositories, as far as the operator looks at them: which commit a ref is at, its folders, and the texts of Dockerfiles. */
@NullMarked
package dev.trestle.source;

import org.jspecify.annotations.NullMarked;
