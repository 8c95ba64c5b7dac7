/** The status of an object, as a function of snapshot and decision. */
@NullMarked
package dev.trestle.core.status;

import org.jspecify.annotations.NullMarked;
