<<<<<<< HEAD
/** The commands of the program. */
=======
/** The commands of {@code trestle}. */
>>>>>>> registry
@NullMarked
package dev.trestle.cli;

import org.jspecify.annotations.NullMarked;
