/** Image registries, through a client of our own (ADR 17), and the merge that works on them. */
@NullMarked
package dev.trestle.registry;

import org.jspecify.annotations.NullMarked;
