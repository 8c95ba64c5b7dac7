package dev.trestle.core.plan;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.ManifestMerge;
import dev.trestle.api.ManifestMergeSpec.MergeTarget;
import dev.trestle.core.config.RepositoryRights;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether a namespace may write to the repositories of a build or a merge: the operator's configuration may restrict that. */
public final class PublishRight {
    private PublishRight() {}

    /** Whether the build may write to all its repositories; one that may not owns no tag either. */
    public static boolean isGiven(BackendBuild build, RepositoryRights rights) {
        return denial(build, rights).isEmpty();
    }

    /** @return a sentence with the repository that the build may not write to, and the way out */
    static Optional<String> denial(BackendBuild build, RepositoryRights rights) {
        var spec = build.getSpec();
        var cache = Optional.ofNullable(spec.cache())
                .filter(written -> written.writes() && spec.trusted())
                .map(written -> written.repository());
        return denial(
                build.getMetadata().getNamespace(),
                Stream.concat(spec.image().repositories().stream(), cache.stream()),
                rights);
    }

    /** The same of a merge, by hand or of a build. */
    static Optional<String> denial(ManifestMerge merge, RepositoryRights rights) {
        return denial(
                merge.getMetadata().getNamespace(),
                merge.getSpec().targets().stream().map(MergeTarget::repository),
                rights);
    }

    private static Optional<String> denial(String namespace, Stream<String> repositories, RepositoryRights rights) {
        return repositories
                .filter(repository -> !rights.permits(namespace, repository))
                .findFirst()
                .map(repository ->
                        "Namespace '%s' may not publish to '%s': no rule of 'repositories' in the operator's configuration allows it. Name another repository, or have it added to a rule."
                                .formatted(namespace, repository));
    }
}
