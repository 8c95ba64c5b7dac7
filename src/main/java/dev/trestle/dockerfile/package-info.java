/** Runs the program that reads Dockerfiles, {@code images/dockerfile-reader}, and keeps its answers. */
@NullMarked
package dev.trestle.dockerfile;

import org.jspecify.annotations.NullMarked;
