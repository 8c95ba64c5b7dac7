/**
 * The files of the build context that a Dockerfile reads. The program {@code images/dockerfile-reader}, made of BuildKit's packages,
 * finds them.
 */
@NullMarked
package dev.trestle.core.dockerfile;

import org.jspecify.annotations.NullMarked;
