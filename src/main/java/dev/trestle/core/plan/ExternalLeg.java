package dev.trestle.core.plan;

import dev.trestle.api.BuiltLeg;
import dev.trestle.api.Leg;
import dev.trestle.api.LegStatus;
import dev.trestle.api.Reason;
import dev.trestle.api.Schema;
import dev.trestle.core.Hash;
import dev.trestle.core.Labels;
import dev.trestle.core.Names;
import dev.trestle.core.Platform;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A leg that is built elsewhere, such as on macOS. Whoever builds it pushes it to the leg's anchor in every repository and reports its
 * digest by annotation; what it is made of, and when it is built anew, is theirs to know.
 */
final class ExternalLeg {
    private ExternalLeg() {}

    static LegProgress progress(Snapshot snapshot, Leg leg) {
        var annotations =
                Objects.requireNonNullElse(snapshot.build().getMetadata().getAnnotations(), Map.<String, String>of());
        var reported = annotations.get(annotation(leg));
        if (reported == null) {
            return recorded(snapshot, leg)
                    .<LegProgress>map(LegProgress.Done::new)
                    .orElseGet(() -> awaited(snapshot, leg));
        }
        if (!reported.matches(Schema.DIGEST)) {
            return new LegProgress.Waiting(
                    Reason.AwaitingReport,
                    "Annotation '%s' is no digest; report 'sha256:<64 hexadecimal digits>'."
                            .formatted(annotation(leg)));
        }
        return new LegProgress.Done(recorded(snapshot, leg)
                .filter(built -> built.digest().equals(reported))
                .orElseGet(() -> built(snapshot, reported)));
    }

    /** {@code external.trestle.dev/darwin-arm64}. */
    private static String annotation(Leg leg) {
        return Labels.EXTERNAL + Platform.parse(leg.platform()).dashed();
    }

    private static Optional<BuiltLeg> recorded(Snapshot snapshot, Leg leg) {
        return snapshot.statusOf(leg.platform()).map(LegStatus::built);
    }

    private static BuiltLeg built(Snapshot snapshot, String digest) {
        var now = snapshot.now().truncatedTo(ChronoUnit.SECONDS).toString();
        return new BuiltLeg(Hash.of(List.of(digest)), List.of(), digest, now, null, null, null);
    }

    private static LegProgress awaited(Snapshot snapshot, Leg leg) {
        var platform = Platform.parse(leg.platform());
        return new LegProgress.Waiting(
                Reason.AwaitingReport,
                "'%s' is built elsewhere: push it as tag '%s' to every repository, and report it: kubectl annotate backendbuild %s %s=<digest>"
                        .formatted(
                                leg.platform(),
                                Names.anchor(
                                        snapshot.name(),
                                        platform,
                                        snapshot.build().getSpec().variant()),
                                snapshot.name(),
                                annotation(leg)));
    }
}
