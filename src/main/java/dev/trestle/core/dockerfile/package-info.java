/** Dockerfiles, as far as it matters which files of the build context they read. */
@NullMarked
package dev.trestle.core.dockerfile;

import org.jspecify.annotations.NullMarked;
