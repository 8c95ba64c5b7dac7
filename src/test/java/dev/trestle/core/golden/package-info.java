/** What goes in and what comes out, as files that a newcomer can read. */
@NullMarked
package dev.trestle.core.golden;

import org.jspecify.annotations.NullMarked;
