/** The inputs of a leg, and the changes between two of its builds. */
@NullMarked
package dev.trestle.core.inputs;

import org.jspecify.annotations.NullMarked;
