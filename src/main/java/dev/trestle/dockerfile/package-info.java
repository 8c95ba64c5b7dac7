/** Runs the program that reads Dockerfiles, {@code images/dockerfile-reader}, and keeps what it has told. */
@NullMarked
package dev.trestle.dockerfile;

import org.jspecify.annotations.NullMarked;
