/** Image registries, through ORAS, and the merge that works on them. */
@NullMarked
package dev.trestle.registry;

import org.jspecify.annotations.NullMarked;
