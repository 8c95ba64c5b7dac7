package dev.trestle.core.plan;

import dev.trestle.api.PublishedImage;
import dev.trestle.core.observe.MergeView;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A build's merges, and the image that its tags hold as they report it: the status lags behind a merge that ended after the last pass.
 *
 * @param recorded the image that the status has
 * @param merges the build's own merges
 */
public record MergeHistory(Optional<PublishedImage> recorded, List<MergeView> merges) {
    public MergeHistory {
        merges = List.copyOf(merges);
    }

    /** The image that the tags hold. */
    public Optional<PublishedImage> image() {
        return endedSince(recorded)
                .filter(merge -> merge.image().isPresent())
                .max(Comparator.comparing(merge -> merge.endedAt().orElseThrow()))
                .flatMap(MergeView::image)
                .or(() -> recorded);
    }

    /** A merge that has not ended. */
    Optional<String> underWay() {
        return merges.stream()
                .filter(MergeView::isUnderWay)
                .map(MergeView::name)
                .findFirst();
    }

    Optional<MergeView> find(String name) {
        return merges.stream().filter(merge -> merge.name().equals(name)).findFirst();
    }

    /** Whether no merge has run since that image was published. */
    boolean areTagsSettled() {
        return underWay().isEmpty() && sinceImage().findAny().isEmpty();
    }

    /** Merges that have ended since that image was published, its own not among them. */
    Stream<MergeView> sinceImage() {
        return endedSince(image());
    }

    /** Whether a merge that was made for another spec may be moving the tags, or has failed halfway. */
    public boolean mayHoldAnotherSpec(String spec) {
        return Stream.concat(merges.stream().filter(MergeView::isUnderWay), sinceImage())
                .anyMatch(merge -> !merge.isOfSpec(spec));
    }

    /** Merges that ended before the image that is published now was. */
    Stream<MergeView> outdated() {
        var later = sinceImage().map(MergeView::name).toList();
        return merges.stream().filter(merge -> !merge.isUnderWay()).filter(merge -> !later.contains(merge.name()));
    }

    /**
     * The number of the next merge: later than that of any merge, a failed one included, since that may run all the same, and later than
     * the number that a tag holds as far as a merge has reported.
     */
    long nextNumber() {
        var published = image().map(PublishedImage::number).stream();
        return Stream.concat(published, merges.stream().flatMap(MergeView::numbers))
                        .mapToLong(Long::longValue)
                        .max()
                        .orElse(0)
                + 1;
    }

    /** Ended merges but for the image's own; one that never ran has no end, and has moved nothing. */
    private Stream<MergeView> endedSince(Optional<PublishedImage> image) {
        var publishedAt =
                image.map(PublishedImage::publishedAt).map(Instant::parse).orElse(Instant.MIN);
        var own = image.map(PublishedImage::merge).orElse("");
        return merges.stream()
                .filter(merge ->
                        merge.endedAt().filter(at -> !at.isBefore(publishedAt)).isPresent())
                .filter(merge -> !merge.name().equals(own));
    }
}
