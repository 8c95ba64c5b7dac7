/** Programs of the tests in a JVM as the operator's image starts it, with the heap that the chart's memory limit gives. */
@NullMarked
package dev.trestle.shipped;

import org.jspecify.annotations.NullMarked;
