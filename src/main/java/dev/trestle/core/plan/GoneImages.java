package dev.trestle.core.plan;

import dev.trestle.api.BuiltLeg;
import dev.trestle.api.FailureReason;
import dev.trestle.api.LegFailure;
import dev.trestle.core.Names;
import dev.trestle.core.observe.MergeState;
import dev.trestle.core.observe.MergeView;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Images of one platform that merges have found missing in the registry, or unreadable there: such a leg is built again instead of
 * failing for good, but not for ever. Merges since the published image count.
 */
final class GoneImages {
    /** A registry that has lost as many in a row loses the next one too. */
    static final int REBUILDS = 3;

    private final Snapshot snapshot;
    private final String platform;
    private final List<MergeView> merges;

    private GoneImages(Snapshot snapshot, String platform, List<MergeView> merges) {
        this.snapshot = snapshot;
        this.platform = platform;
        this.merges = merges;
    }

    static GoneImages of(Snapshot snapshot, String platform) {
        var merges = snapshot.history()
                .sinceImage()
                .filter(merge -> hasLost(merge, platform) || refusesForeign(snapshot, merge, platform))
                .sorted(Comparator.comparing(GoneImages::endedAt))
                .toList();
        return new GoneImages(snapshot, platform, merges);
    }

    private static boolean hasLost(MergeView merge, String platform) {
        return merge.failure()
                .filter(failed -> failed.gone().contains(platform))
                .isPresent();
    }

    /**
     * An image of another repository, taken over from the baseline, that has never been mergeable, for want of credentials for that
     * repository say: one that is built here may be.
     */
    private static boolean refusesForeign(Snapshot snapshot, MergeView merge, String platform) {
        var own = snapshot.build().getSpec().image().repositories();
        return merge.failure().filter(MergeState.Failed::isRefused).isPresent()
                && merge.imagesOf(platform)
                        .noneMatch(image -> own.stream().anyMatch(repository -> image.startsWith(repository + "@")));
    }

    /** Whether this image is gone: a merge that ended after it was built has looked for it in vain. */
    boolean include(BuiltLeg image) {
        var builtAt = Instant.parse(image.finishedAt());
        return merges.stream()
                .filter(merge -> names(merge, image.digest()))
                .anyMatch(merge -> !endedAt(merge).isBefore(builtAt));
    }

    /** Whether any merge has looked for this digest in vain, whenever it was built: it must not be taken over from elsewhere. */
    boolean include(String digest) {
        return merges.stream().anyMatch(merge -> names(merge, digest));
    }

    /** The end of the rebuilds of this image, when it is gone once more. */
    Optional<LegFailure> givenUp(BuiltLeg image) {
        return merges.size() > REBUILDS && include(image) ? Optional.of(failure()) : Optional.empty();
    }

    private LegFailure failure() {
        var anchor = Names.anchor(snapshot.build(), platform);
        var message =
                "The registry has lost its image after each of %d rebuilds, as ManifestMerge '%s' says. What removes images there, a retention rule or a garbage collection, must spare the tag '%s'. Then: trestle retry %s"
                        .formatted(REBUILDS, foundBy(), anchor, snapshot.name());
        return LegFailure.of(FailureReason.ImageGone, null, message);
    }

    /** Why the leg is built although no input has moved. */
    Why explain(Why why) {
        return merges.isEmpty() || !why.moved().isEmpty()
                ? why
                : new Why(List.of(), List.of(words().formatted(foundBy())));
    }

    private String words() {
        return hasLost(merges.getLast(), platform)
                ? "Its image is gone from the registry, as ManifestMerge '%s' found"
                : "The image that was taken over cannot be merged, as ManifestMerge '%s' found";
    }

    /** Name of the merge that found the last one gone. */
    String foundBy() {
        return merges.getLast().name();
    }

    private boolean names(MergeView merge, String digest) {
        return merge.imagesOf(platform).anyMatch(image -> image.endsWith("@" + digest));
    }

    private static Instant endedAt(MergeView merge) {
        return merge.endedAt().orElseThrow();
    }
}
