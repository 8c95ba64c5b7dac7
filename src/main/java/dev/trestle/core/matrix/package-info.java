/** Turns the matrix of a CI system into builds and bases, as a mapping says. docs/import.md describes the mapping. */
@NullMarked
package dev.trestle.core.matrix;

import org.jspecify.annotations.NullMarked;
