package dev.trestle.core.plan;

import dev.trestle.api.RunStatus;
import dev.trestle.core.plan.SourceView.Known;
import dev.trestle.core.releases.TagPattern;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** No release is built after one of a higher version, also when that one's tag is gone. */
final class Releases {
    private Releases() {}

    static boolean isOvertaken(Snapshot snapshot, Known source) {
        return overtaking(snapshot, source).isPresent();
    }

    /** @return the tag of a higher version that this build has made */
    static Optional<String> overtaking(Snapshot snapshot, Known source) {
        var ref = Objects.requireNonNullElse(
                snapshot.build().getSpec().source().git().ref(), "");
        return TagPattern.of(ref)
                .flatMap(pattern -> source.gitTag()
                        .flatMap(tag -> made(snapshot)
                                .filter(other -> pattern.isLower(tag, other))
                                .reduce((one, other) -> pattern.isLower(one, other) ? other : one)));
    }

    /** A merge may have been made after the status was written last. */
    private static Stream<String> made(Snapshot snapshot) {
        var merged = snapshot.merges().stream().flatMap(merge -> merge.gitTag().stream());
        return Stream.concat(snapshot.run().map(RunStatus::gitTag).stream(), merged);
    }
}
