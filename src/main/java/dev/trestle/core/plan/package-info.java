/** Decides the next step: a snapshot in, a decision out. */
@NullMarked
package dev.trestle.core.plan;

import org.jspecify.annotations.NullMarked;
