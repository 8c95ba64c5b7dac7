package dev.trestle.core.plan;

import dev.trestle.api.BuiltLeg;
import dev.trestle.api.BuiltLegBuilder;
import dev.trestle.api.Input;
import dev.trestle.api.InputKind;
import dev.trestle.api.Leg;
import dev.trestle.api.LegStatus;
import dev.trestle.api.Reason;
import dev.trestle.core.Hash;
import dev.trestle.core.Labels;
import dev.trestle.core.Names;
import dev.trestle.core.Platform;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A leg that is built elsewhere, such as on macOS. Its builder pushes it to the leg's anchor in every repository and reports its digest
 * by annotation; the operator knows neither its files nor when it is rebuilt. Of a release it must know that: so each release has a
 * report of its own, or its tags would hold the image of the one before.
 */
final class ExternalLeg {
    private final Snapshot snapshot;
    private final Leg leg;
    private final Optional<String> release;

    private ExternalLeg(Snapshot snapshot, Leg leg, Optional<String> release) {
        this.snapshot = snapshot;
        this.leg = leg;
        this.release = release;
    }

    /** @param source the commit of the run, which has the release */
    static LegProgress progress(Snapshot snapshot, Leg leg, Optional<SourceView.Known> source) {
        return new ExternalLeg(snapshot, leg, source.flatMap(SourceView.Known::gitTag)).progress();
    }

    private LegProgress progress() {
        var annotations =
                Objects.requireNonNullElse(snapshot.build().getMetadata().getAnnotations(), Map.<String, String>of());
        var text = annotations.get(annotation());
        if (text == null) {
            return recordedOrAwaited();
        }
        var report = Report.of(text).filter(given -> given.release().isPresent() == followsReleases());
        if (report.isEmpty()) {
            return new LegProgress.Waiting(
                    Reason.AwaitingReport,
                    "Annotation '%s' is no digest%s; report '%ssha256:<64 hexadecimal digits>'."
                            .formatted(annotation(), followsReleases() ? " of a release" : "", ofRelease()));
        }
        return report.get().release().equals(release) ? reported(report.get().digest()) : recordedOrAwaited();
    }

    private LegProgress reported(String digest) {
        return recorded()
                .filter(image -> image.digest().equals(digest))
                .map(this::unlessGone)
                .orElseGet(() -> new LegProgress.Done(built(digest)));
    }

    private LegProgress recordedOrAwaited() {
        return recorded().map(this::unlessGone).orElseGet(this::awaited);
    }

    /** The last report, unless that was of another release. */
    private Optional<BuiltLeg> recorded() {
        return snapshot.statusOf(leg.platform())
                .map(LegStatus::built)
                .filter(image -> release.isEmpty() || image.inputs().equals(inputs()));
    }

    /** The operator cannot build it again; a user who asks for a retry has pushed the same image again. */
    private LegProgress unlessGone(BuiltLeg image) {
        var gone = GoneImages.of(snapshot, leg.platform());
        if (!gone.include(image)) {
            return new LegProgress.Done(image);
        }
        return Requests.of(snapshot.build()).retries()
                ? new LegProgress.Done(built(image.digest()))
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
    private String annotation() {
        return Labels.EXTERNAL + Platform.parse(leg.platform()).dashed();
    }

    private boolean followsReleases() {
        return snapshot.build().getSpec().source().git().followsReleases();
    }

    private BuiltLeg built(String digest) {
        var now = snapshot.now().truncatedTo(ChronoUnit.SECONDS).toString();
        var fingerprint =
                Hash.of(Stream.concat(Stream.of(digest), release.stream()).toList());
        return BuiltLegBuilder.builder()
                .fingerprint(fingerprint)
                .inputs(inputs())
                .digest(digest)
                .finishedAt(now)
                .inputsVersion(Input.VERSION)
                .build();
    }

    private List<Input> inputs() {
        return release.map(tag -> new Input(InputKind.Request, "release", tag)).stream()
                .toList();
    }

    private LegProgress awaited() {
        return new LegProgress.Waiting(
                Reason.AwaitingReport,
                "'%s' is built elsewhere%s: push it as tag '%s' to every repository, and report it: kubectl annotate backendbuild %s %s=%s<digest>%s"
                        .formatted(
                                leg.platform(),
                                release.map(" for release '%s'"::formatted).orElse(""),
                                Names.anchor(snapshot.build(), leg.platform()),
                                snapshot.name(),
                                annotation(),
                                ofRelease(),
                                followsReleases() ? " --overwrite" : ""));
    }

    /** The text before the digest in a report. */
    private String ofRelease() {
        return followsReleases() ? release.orElse("<tag>") + "@" : "";
    }
}
