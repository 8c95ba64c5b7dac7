/** A forecast of builds from files alone: manifests, and a repository at two revisions. */
@NullMarked
package dev.trestle.core.offline;

import org.jspecify.annotations.NullMarked;
