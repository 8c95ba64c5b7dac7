/** What makes a base grow old: the clock, and the images that it is built from. */
@NullMarked
package dev.trestle.core.refresh;

import org.jspecify.annotations.NullMarked;
