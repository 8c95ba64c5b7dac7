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
        return new BackendBuildStatus(
                snapshot.build().getMetadata().getGeneration(),
                BuildConditions.of(facts),
                facts.builtLegs() + "/" + decision.legs().size(),
                LegStatuses.of(snapshot, decision.legs()),
                Runs.of(facts),
                facts.image().orElse(null),
                Requests.of(snapshot.build()).handled());
    }
}
