/** The main job on a whole cluster: the operator as the chart installs it, real builds, and a registry that is read over HTTP. */
@NullMarked
package dev.trestle.e2e;

import org.jspecify.annotations.NullMarked;
