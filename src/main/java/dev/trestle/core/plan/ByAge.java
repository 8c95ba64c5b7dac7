package dev.trestle.core.plan;

import dev.trestle.api.BackendBuild;
import java.util.Comparator;

/** The order in which builds have a right to a name: the elder first, and of those created in one second the first by name. */
final class ByAge {
    static final Comparator<BackendBuild> ELDER_FIRST = Comparator.comparing(
                    (BackendBuild build) -> build.getMetadata().getCreationTimestamp())
            .thenComparing(build -> build.getMetadata().getNamespace())
            .thenComparing(build -> build.getMetadata().getName());

    /** An untrusted build never takes a name from a trusted one, however old it is (invariant 7). */
    static final Comparator<BackendBuild> TRUSTED_FIRST = Comparator.comparing(
                    (BackendBuild build) -> !build.getSpec().trusted())
            .thenComparing(ELDER_FIRST);

    private ByAge() {}
}
