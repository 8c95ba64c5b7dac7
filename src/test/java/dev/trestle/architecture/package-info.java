/** The arrows between the packages, and the shape of files, held by tests. */
@NullMarked
package dev.trestle.architecture;

import org.jspecify.annotations.NullMarked;
