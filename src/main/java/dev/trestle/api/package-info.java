/** The three kinds of {@code trestle.dev/v1alpha1}, as users write and read them. */
@NullMarked
package dev.trestle.api;

import org.jspecify.annotations.NullMarked;
