package dev.trestle.core.plan;

import dev.trestle.api.BuiltLeg;
import dev.trestle.api.BuiltLegBuilder;
import dev.trestle.core.observe.LegOutcome;
import dev.trestle.core.observe.NodeClock;
import dev.trestle.core.render.LegPlan;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;

/** The record of a built leg in the status. */
final class BuiltLegs {
    private BuiltLegs() {}

    static BuiltLeg of(LegPlan plan, LegOutcome.Succeeded outcome, Pod pod, Instant now) {
        var created = Instant.parse(pod.getMetadata().getCreationTimestamp());
        return BuiltLegBuilder.builder()
                .fingerprint(plan.inputs().fingerprint())
                .inputs(plan.inputs().inputs())
                .digest(outcome.digest())
                .finishedAt(NodeClock.corrected(Instant.parse(outcome.finishedAt()), created, now)
                        .toString())
                .seconds(outcome.seconds().orElse(null))
                .steps(outcome.steps().orElse(null))
                .cachedSteps(outcome.cachedSteps().orElse(null))
                .inputsVersion(plan.inputs().version())
                .build();
    }
}
