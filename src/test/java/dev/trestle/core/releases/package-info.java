/** Tests of the order of releases. */
@NullMarked
package dev.trestle.core.releases;

import org.jspecify.annotations.NullMarked;
