package dev.trestle.core.plan;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BuiltLeg;
import dev.trestle.api.BuiltLegBuilder;
import dev.trestle.api.Leg;
import dev.trestle.api.LegStatus;
import dev.trestle.core.inputs.LegInputs;
import dev.trestle.core.inputs.RecordedInputs;
import java.util.Objects;
import java.util.Optional;

/**
 * A leg that need not be built, since the baseline has built it of the same files, recipe and base. When that was, and which user asked for
 * it, makes no other image.
 */
final class Takeover {
    private Takeover() {}

    /** @return the baseline's image as one of these inputs */
    static Optional<BuiltLeg> of(Snapshot snapshot, Leg leg, LegInputs inputs) {
        if (isUnwanted(snapshot)) {
            return Optional.empty();
        }
        return snapshot.baseline()
                .filter(baseline -> maySupply(baseline, snapshot.build()))
                .flatMap(baseline -> builtBy(baseline, leg)
                        .filter(built -> inputs.areMadeOfTheSameAs(RecordedInputs.of(built)))
                        .filter(built ->
                                !GoneImages.of(snapshot, leg.platform()).include(built.digest()))
                        .map(built -> taken(built, baseline, inputs)));
    }

    /** A request for a rebuild, or for all of a release, excludes existing images. */
    private static boolean isUnwanted(Snapshot snapshot) {
        return !Requests.of(snapshot.build()).inputs().isEmpty()
                || snapshot.build().getSpec().source().git().forces();
    }

    /** No trusted image is made of an untrusted one (invariant 7). */
    private static boolean maySupply(BackendBuild baseline, BackendBuild build) {
        return baseline.getSpec().trusted() || !build.getSpec().trusted();
    }

    private static Optional<BuiltLeg> builtBy(BackendBuild baseline, Leg leg) {
        return Optional.ofNullable(baseline.getStatus())
                .flatMap(status -> status.leg(leg.platform()))
                .map(LegStatus::built);
    }

    private static BuiltLeg taken(BuiltLeg built, BackendBuild baseline, LegInputs inputs) {
        var repository = Objects.requireNonNullElse(
                built.takenFrom(), baseline.getSpec().image().repositories().getFirst());
        return BuiltLegBuilder.builder()
                .fingerprint(inputs.fingerprint())
                .inputs(inputs.inputs())
                .digest(built.digest())
                .finishedAt(built.finishedAt())
                .takenFrom(repository)
                .inputsVersion(inputs.version())
                .build();
    }
}
