/** The commands of the program. */
@NullMarked
package dev.trestle.cli;

import org.jspecify.annotations.NullMarked;
