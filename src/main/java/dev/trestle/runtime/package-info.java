/** The running operator: its configuration file, its HTTP endpoints, its meters, its life. */
@NullMarked
package dev.trestle.runtime;

import org.jspecify.annotations.NullMarked;
