/** Reasons to rebuild a base although its inputs have not changed: the clock, and the images that it is built from. */
@NullMarked
package dev.trestle.core.refresh;

import org.jspecify.annotations.NullMarked;
