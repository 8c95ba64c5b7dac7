package dev.trestle.core.plan;

import dev.trestle.api.BackendBuild;
import java.util.Comparator;

/** The order in which builds have a right to a name: the elder first, and of those created in one second the first by name. */
final class ByAge {
    static final Comparator<BackendBuild> ELDER_FIRST = Comparator.comparing(
                    (BackendBuild build) -> build.getMetadata().getCreationTimestamp())
            .thenComparing(build -> build.getMetadata().getNamespace())
            .thenComparing(build -> build.getMetadata().getName());

    private ByAge() {}
}
