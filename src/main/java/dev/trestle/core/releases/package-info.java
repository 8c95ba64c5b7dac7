/** Releases: the tags that a pattern selects, in the order of their versions. */
@NullMarked
package dev.trestle.core.releases;

import org.jspecify.annotations.NullMarked;
