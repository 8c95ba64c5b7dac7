/** The operator's configuration as it decides with it: pools and registries. */
@NullMarked
package dev.trestle.core.config;

import org.jspecify.annotations.NullMarked;
