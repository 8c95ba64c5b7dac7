/** Words that every decision uses; pure, like all below this package: no client, no clock, no randomness. */
@NullMarked
package dev.trestle.core;

import org.jspecify.annotations.NullMarked;
