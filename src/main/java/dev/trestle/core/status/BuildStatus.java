package dev.trestle.core.status;

import dev.trestle.api.BackendBuildStatus;
import dev.trestle.core.plan.Decision;
import dev.trestle.core.plan.Requests;
import dev.trestle.core.plan.Snapshot;

/** A build's status after a pass. Equal facts give an equal status, so an operator with nothing to do writes nothing (invariant 8). */
public final class BuildStatus {
    private BuildStatus() {}

    public static BackendBuildStatus of(Snapshot snapshot, Decision decision) {
        var facts = new BuildFacts(snapshot, decision);
        var legs = LegStatuses.of(snapshot, decision.legs());
        var run = Runs.of(facts);
        return new BackendBuildStatus(
                snapshot.build().getMetadata().getGeneration(),
                BuildConditions.of(facts),
                facts.builtLegs() + "/" + decision.legs().size(),
                legs,
                run,
                History.of(facts, legs, run),
                facts.image().orElse(null),
                Requests.of(snapshot.build()).handled(decision.merge()));
    }
}
