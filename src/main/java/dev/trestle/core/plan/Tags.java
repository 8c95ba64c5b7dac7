package dev.trestle.core.plan;

import dev.trestle.api.ConditionStatus;
import dev.trestle.api.ManifestMerge;
import dev.trestle.api.PublishedImage;
import dev.trestle.core.Labels;
import dev.trestle.core.render.RunMerge;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What a build's tags hold, as its merges tell: the status lags behind a merge that ended after the last look. */
public final class Tags {
    private Tags() {}

    /** The image that the tags hold. */
    public static Optional<PublishedImage> image(Snapshot snapshot) {
        return since(snapshot)
                .filter(merge -> MergeEnd.succeeded(merge) == ConditionStatus.True)
                .max(Comparator.comparing(Tags::finishedAt))
                .map(Tags::published)
                .or(() -> Optional.ofNullable(snapshot.status().image()));
    }

    /** Whether nothing has been merged, or has tried to, since that image was published. */
    static boolean areSettled(Snapshot snapshot) {
        return MergeDecision.underWay(snapshot).isEmpty()
                && sinceImage(snapshot).findAny().isEmpty();
    }

    /** Merges that have ended since that image was published, its own not among them. */
    static Stream<ManifestMerge> sinceImage(Snapshot snapshot) {
        return laterThan(image(snapshot), snapshot);
    }

    /** Whether a merge that was made for another spec may be moving the tags, or has failed halfway. */
    public static boolean mayHoldAnotherSpec(Snapshot snapshot, String spec) {
        var underWay = snapshot.merges().stream().filter(merge -> MergeEnd.succeeded(merge) == ConditionStatus.Unknown);
        return Stream.concat(underWay, sinceImage(snapshot))
                .anyMatch(merge -> !spec.equals(annotation(merge, Labels.SPEC)));
    }

    /** Whether this merge has ended before the image that is published now was: nobody needs it. */
    static boolean isHistory(ManifestMerge merge, Snapshot snapshot) {
        return MergeEnd.succeeded(merge) != ConditionStatus.Unknown
                && sinceImage(snapshot).noneMatch(later -> isSame(later, merge));
    }

    private static Stream<ManifestMerge> since(Snapshot snapshot) {
        return laterThan(Optional.ofNullable(snapshot.status().image()), snapshot);
    }

    /** Ended merges but for the image's own; one that never ran has no end, and has moved nothing. */
    private static Stream<ManifestMerge> laterThan(Optional<PublishedImage> image, Snapshot snapshot) {
        var publishedAt =
                image.map(PublishedImage::publishedAt).map(Instant::parse).orElse(Instant.MIN);
        var own = image.map(PublishedImage::merge).orElse("");
        return snapshot.merges().stream()
                .filter(merge -> MergeEnd.succeeded(merge) != ConditionStatus.Unknown)
                .filter(merge -> merge.getStatus() != null && merge.getStatus().finishedAt() != null)
                .filter(merge -> !merge.getMetadata().getName().equals(own))
                .filter(merge -> !finishedAt(merge).isBefore(publishedAt));
    }

    private static Instant finishedAt(ManifestMerge merge) {
        return Instant.parse(
                Objects.requireNonNull(Objects.requireNonNull(merge.getStatus()).finishedAt()));
    }

    private static PublishedImage published(ManifestMerge merge) {
        var status = Objects.requireNonNull(merge.getStatus());
        return new PublishedImage(
                Objects.requireNonNull(status.digest()),
                merge.getSpec().targets().stream()
                        .map(target -> target.repository())
                        .toList(),
                status.platforms(),
                Objects.requireNonNull(status.finishedAt()),
                annotation(merge, Labels.REVISION),
                merge.getMetadata().getName(),
                MergeEnd.numberOf(merge),
                MergeEnd.missingOf(merge),
                annotation(merge, Labels.SPEC),
                Optional.ofNullable(annotation(merge, Labels.CONTENT))
                        .orElseGet(() -> RunMerge.contentOf(merge.getSpec())));
    }

    private static @org.jspecify.annotations.Nullable String annotation(ManifestMerge merge, String key) {
        var annotations = merge.getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get(key);
    }

    private static boolean isSame(ManifestMerge one, ManifestMerge other) {
        return one.getMetadata().getName().equals(other.getMetadata().getName());
    }
}
