/** The real decisions against a cluster in memory where everything goes wrong, seed by seed. */
@NullMarked
package dev.trestle.simulation;

import org.jspecify.annotations.NullMarked;
