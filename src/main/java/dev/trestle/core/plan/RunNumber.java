package dev.trestle.core.plan;

import dev.trestle.api.ManifestMerge;
import dev.trestle.api.ManifestMergeStatus;
import dev.trestle.api.PublishedImage;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which of a build's merges the next one is: later than any that was seen, one that failed included, since it may run all the same, and
 * later than what a tag holds as far as a merge has told.
 */
final class RunNumber {
    private RunNumber() {}

    static long next(Snapshot snapshot) {
        var published = Tags.image(snapshot).map(PublishedImage::number).stream();
        var merges = snapshot.merges().stream().flatMap(RunNumber::seen);
        return Stream.concat(published, merges).mapToLong(Long::longValue).max().orElse(0) + 1;
    }

    private static Stream<Long> seen(ManifestMerge merge) {
        var held = Optional.ofNullable(merge.getStatus()).map(ManifestMergeStatus::supersededBy);
        return Stream.of(Optional.ofNullable(MergeEnd.numberOf(merge)), held).flatMap(Optional::stream);
    }
}
