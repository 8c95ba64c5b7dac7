/** {@code make bench}: the operator beside bare pods, on pretended nodes. docs/performance.md says what each row means. */
@NullMarked
package dev.trestle.bench;

import org.jspecify.annotations.NullMarked;
