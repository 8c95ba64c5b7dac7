/** Which hosts the operator asks on behalf of builds' authors, and by which proxy: one rule for git servers and registries. */
@org.jspecify.annotations.NullMarked
package dev.trestle.outward;
