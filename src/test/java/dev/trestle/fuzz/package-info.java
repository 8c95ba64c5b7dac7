/** Thousands of random and hostile objects: each is refused with a message, or handled. */
@NullMarked
package dev.trestle.fuzz;

import org.jspecify.annotations.NullMarked;
