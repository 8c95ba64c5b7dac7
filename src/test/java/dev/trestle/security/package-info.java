/** The attacker's part: hostile values in every field, and what comes of them. */
@NullMarked
package dev.trestle.security;

import org.jspecify.annotations.NullMarked;
