/** What Dockerfiles read of their build context. A program made of BuildKit's packages tells; see {@code images/dockerfile-reader}. */
@NullMarked
package dev.trestle.core.dockerfile;

import org.jspecify.annotations.NullMarked;
