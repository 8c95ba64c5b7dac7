package dev.trestle.core.plan;

import dev.trestle.api.BuiltLeg;
import dev.trestle.core.observe.LegOutcome;
import dev.trestle.core.render.LegPlan;

/** What the status keeps of a leg that its pod has built. */
final class BuiltLegs {
    private BuiltLegs() {}

    static BuiltLeg of(LegPlan plan, LegOutcome.Succeeded outcome) {
        return new BuiltLeg(
                plan.inputs().fingerprint(),
                plan.inputs().inputs(),
                outcome.digest(),
                outcome.finishedAt(),
                outcome.seconds().orElse(null),
                outcome.steps().orElse(null),
                outcome.cachedSteps().orElse(null));
    }
}
