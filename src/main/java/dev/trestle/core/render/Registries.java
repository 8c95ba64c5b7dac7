package dev.trestle.core.render;

import dev.trestle.api.BackendBuildSpec;
import dev.trestle.api.FailureReason;
import dev.trestle.api.LostAttempt;
import dev.trestle.api.ManifestMergeSpec;
import dev.trestle.api.ManifestMergeSpec.MergeSource;
import dev.trestle.api.ManifestMergeSpec.MergeTarget;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The registries that a leg or a merge asks, as the hosts of image names have them. */
public final class Registries {
    private Registries() {}

    /**
     * The registries of the leg: of its image, its cache and its base, and those that have answered 429 to its earlier attempts. Other
     * images that a Dockerfile is built FROM are not known before.
     */
    public static SortedSet<String> of(BackendBuildSpec build, LegPlan plan) {
        return hosts(Stream.of(ofSpec(build), plan.base().stream(), limitedBefore(plan.lost().stream()))
                .flatMap(images -> images));
    }

    /** The same of all legs that the build may have, as far as its spec and their attempts tell. */
    public static SortedSet<String> of(BackendBuildSpec build, Stream<LostAttempt> lost) {
        return hosts(Stream.concat(ofSpec(build), limitedBefore(lost)));
    }

    /** Where the merge reads images and writes tags. */
    public static SortedSet<String> of(ManifestMergeSpec merge) {
        return hosts(Stream.concat(
                merge.sources().stream().map(MergeSource::image),
                merge.targets().stream().map(MergeTarget::repository)));
    }

    /** The host of {@code host/path}, with any rest. */
    public static String hostOf(String image) {
        var slash = image.indexOf('/');
        return slash < 0 ? image : image.substring(0, slash);
    }

    private static Stream<String> ofSpec(BackendBuildSpec build) {
        return Stream.concat(
                build.image().repositories().stream(),
                Optional.ofNullable(build.cache()).map(cache -> cache.repository()).stream());
    }

    private static Stream<String> limitedBefore(Stream<LostAttempt> lost) {
        return lost.filter(attempt -> attempt.reason() == FailureReason.RateLimited)
                .map(LostAttempt::registry)
                .filter(Objects::nonNull);
    }

    private static SortedSet<String> hosts(Stream<String> images) {
        var hosts = new TreeSet<String>();
        images.map(Registries::hostOf).forEach(hosts::add);
        return hosts;
    }
}
