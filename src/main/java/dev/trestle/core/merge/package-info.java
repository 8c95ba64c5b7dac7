/** How leg images become one index: pure, over the bytes that a registry holds. */
@NullMarked
package dev.trestle.core.merge;

import org.jspecify.annotations.NullMarked;
