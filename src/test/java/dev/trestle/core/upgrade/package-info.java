@NullMarked
package dev.trestle.core.upgrade;

import org.jspecify.annotations.NullMarked;
