/** The operator's configuration as it decides with it: pools and registries, and how it is read from a tree. */
@NullMarked
package dev.trestle.core.config;

import org.jspecify.annotations.NullMarked;
