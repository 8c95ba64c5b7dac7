/** What an installation consists of: the chart and the kustomization are rendered by their own tools and compared. */
@NullMarked
package dev.trestle.install;

import org.jspecify.annotations.NullMarked;
