/** The commands of {@code trestle}. */
@NullMarked
package dev.trestle.cli;

import org.jspecify.annotations.NullMarked;
