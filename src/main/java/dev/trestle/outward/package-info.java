/** Which hosts the operator asks on behalf of those who write builds, and by which proxy: one rule for git servers and registries. */
@org.jspecify.annotations.NullMarked
package dev.trestle.outward;
