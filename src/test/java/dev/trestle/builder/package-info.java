/** Tests of the scripts in images/builder, which run in every leg's pod. */
@NullMarked
package dev.trestle.builder;

import org.jspecify.annotations.NullMarked;
