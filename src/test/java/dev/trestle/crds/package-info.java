/** Makes the CRDs in {@code crds/} and the documents of the API from {@code dev.trestle.api}, and proves them on a real API server. */
@NullMarked
package dev.trestle.crds;

import org.jspecify.annotations.NullMarked;
