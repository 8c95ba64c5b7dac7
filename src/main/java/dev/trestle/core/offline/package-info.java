/** What would be built, told from files alone: builds, and a repository at two revisions. */
@NullMarked
package dev.trestle.core.offline;

import org.jspecify.annotations.NullMarked;
