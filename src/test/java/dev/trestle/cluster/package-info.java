/** How test classes that meet the local cluster share it. */
@NullMarked
package dev.trestle.cluster;

import org.jspecify.annotations.NullMarked;
