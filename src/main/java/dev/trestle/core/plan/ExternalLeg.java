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
        var gone = GoneImages.of(snapshot, leg.platform());
        var recorded = snapshot.statusOf(leg.platform()).map(LegStatus::built);
        if (reported == null) {
            return recorded.<LegProgress>map(image -> unlessGone(snapshot, leg, image, gone))
                    .orElseGet(() -> awaited(snapshot, leg));
        }
        if (!reported.matches(Schema.DIGEST)) {
            return new LegProgress.Waiting(
                    Reason.AwaitingReport,
                    "Annotation '%s' is no digest; report 'sha256:<64 hexadecimal digits>'."
                            .formatted(annotation(leg)));
        }
        return recorded.filter(image -> image.digest().equals(reported))
                .map(image -> unlessGone(snapshot, leg, image, gone))
                .orElseGet(() -> new LegProgress.Done(built(snapshot, reported)));
    }

    /** Nobody here can build it again; who says so by a retry has pushed the very same once more. */
    private static LegProgress unlessGone(Snapshot snapshot, Leg leg, BuiltLeg image, GoneImages gone) {
        if (!gone.include(image)) {
            return new LegProgress.Done(image);
        }
        return Requests.of(snapshot.build()).retries()
                ? new LegProgress.Done(built(snapshot, image.digest()))
                : new LegProgress.Waiting(
                        Reason.AwaitingReport,
                        "The image of '%s', '%s', is gone from the registry, as ManifestMerge '%s' found: push it again as tag '%s' and report it; when it has the same digest: trestle retry %s"
                                .formatted(
                                        leg.platform(),
                                        image.digest(),
                                        gone.foundBy(),
                                        Names.anchor(snapshot.build(), leg.platform()),
                                        snapshot.name()));
    }

    /** {@code external.trestle.dev/darwin-arm64}. */
    private static String annotation(Leg leg) {
        return Labels.EXTERNAL + Platform.parse(leg.platform()).dashed();
    }

    private static BuiltLeg built(Snapshot snapshot, String digest) {
        var now = snapshot.now().truncatedTo(ChronoUnit.SECONDS).toString();
        return new BuiltLeg(Hash.of(List.of(digest)), List.of(), digest, now, null, null, null);
    }

    private static LegProgress awaited(Snapshot snapshot, Leg leg) {
        return new LegProgress.Waiting(
                Reason.AwaitingReport,
                "'%s' is built elsewhere: push it as tag '%s' to every repository, and report it: kubectl annotate backendbuild %s %s=<digest>"
                        .formatted(
                                leg.platform(),
                                Names.anchor(snapshot.build(), leg.platform()),
                                snapshot.name(),
                                annotation(leg)));
    }
}
