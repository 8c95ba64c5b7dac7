/** Which waiting legs start now: one decision over all pools, and the queue that it is taken over. */
@NullMarked
package dev.trestle.core.admit;

import org.jspecify.annotations.NullMarked;
