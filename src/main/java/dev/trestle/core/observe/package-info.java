/** What an object of the cluster says, as a function of that object alone. */
@NullMarked
package dev.trestle.core.observe;

import org.jspecify.annotations.NullMarked;
