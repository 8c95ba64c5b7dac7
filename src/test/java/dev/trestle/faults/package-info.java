/** Faults that are struck at a real cluster while it builds, and what must come of each. */
@NullMarked
package dev.trestle.faults;

import org.jspecify.annotations.NullMarked;
