/** What a leg is made of, and which of it has moved. */
@NullMarked
package dev.trestle.core.inputs;

import org.jspecify.annotations.NullMarked;
