/** The state that an object of the cluster reports, as a function of that object alone. */
@NullMarked
package dev.trestle.core.observe;

import org.jspecify.annotations.NullMarked;
