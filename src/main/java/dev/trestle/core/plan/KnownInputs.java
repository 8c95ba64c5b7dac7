package dev.trestle.core.plan;

import dev.trestle.api.BuiltLeg;
import dev.trestle.api.Leg;
import dev.trestle.api.LegStatus;
import dev.trestle.core.Platform;
import dev.trestle.core.inputs.InputsVersion;
import dev.trestle.core.inputs.LegInputs;
import dev.trestle.core.inputs.RecordedInputs;
import dev.trestle.core.plan.SourceView.Known;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A leg's present inputs, under the fingerprint by which its status or its pods already know them. An upgrade of the operator may find
 * more inputs and write their values in another way: a record of an older version keeps its fingerprint until an input that both versions
 * know changes (invariant 11, docs/adr/0016).
 */
final class KnownInputs {
    private final Snapshot snapshot;
    private final Leg leg;
    private final Optional<String> base;
    private final Optional<LegStatus> last;

    private KnownInputs(Snapshot snapshot, Leg leg, Optional<String> base) {
        this.snapshot = snapshot;
        this.leg = leg;
        this.base = base;
        this.last = snapshot.statusOf(leg.platform());
    }

    /** @param base {@code repository@digest} for the leg's build platform, when the build has a base */
    static LegInputs of(Snapshot snapshot, Leg leg, Known source, Optional<String> base) {
        return new KnownInputs(snapshot, leg, base).at(source);
    }

    /**
     * The record of an image whose inputs have not changed, read again when an older version of the rule has found them: from then on, a
     * change of an input that only the present version knows builds the leg.
     */
    static BuiltLeg readAgain(BuiltLeg image, LegInputs inputs) {
        return image.effectiveInputsVersion() < inputs.version()
                ? image.readAgain(inputs.inputs(), inputs.version())
                : image;
    }

    private LegInputs at(Known source) {
        var now = inputs(source);
        var declared = snapshot.build().getSpec().source().git().inputs();
        return last.map(LegStatus::built)
                .filter(image -> RecordedInputs.of(image).areSameAs(now, declared))
                .map(BuiltLeg::fingerprint)
                .filter(InputsVersion::isFingerprint)
                .or(() -> startedBefore(now))
                .map(now::knownAs)
                .orElse(now);
    }

    /**
     * A leg that is being built, or has failed, has no record of its own: its inputs are the run's, or the present ones by an older rule.
     */
    private Optional<String> startedBefore(LegInputs now) {
        if (now.version() == InputsVersion.FIRST || isStarted(now.fingerprint())) {
            return Optional.empty();
        }
        var ofRun = RunSource.recorded(snapshot.build())
                .map(this::inputs)
                .filter(run -> run.version() < now.version())
                .filter(run -> new RecordedInputs(run.version(), run.inputs())
                        .areSameAs(
                                now, snapshot.build().getSpec().source().git().inputs()));
        return Stream.concat(ofRun.stream(), Stream.of(now.asVersion1()))
                .map(LegInputs::fingerprint)
                .filter(fingerprint -> !isBuilt(fingerprint))
                .filter(this::isStarted)
                .findFirst();
    }

    /** A built leg has a record of its own, which its inputs are compared with. */
    private boolean isBuilt(String fingerprint) {
        return last.map(LegStatus::built)
                .filter(image -> image.fingerprint().equals(fingerprint))
                .isPresent();
    }

    private boolean isStarted(String fingerprint) {
        return last.map(LegStatus::fingerprint).filter(fingerprint::equals).isPresent()
                || LegPods.of(snapshot.pods(), Platform.parse(leg.platform())).stream()
                        .anyMatch(pod -> LegPods.builds(pod, fingerprint));
    }

    private LegInputs inputs(Known source) {
        return LegInputs.of(source.inputsVersion(), snapshot.build().getSpec(), leg, source.files(), base)
                .with(Asked.of(snapshot, source));
    }
}
