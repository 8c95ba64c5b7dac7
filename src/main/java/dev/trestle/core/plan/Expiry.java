package dev.trestle.core.plan;

import dev.trestle.api.RunStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When a build that has ended is deleted, as {@code spec.ttlSecondsAfterFinished} has it. */
final class Expiry {
    private Expiry() {}

    /** @return empty while it has never ended, or is at work again */
    static Optional<Instant> at(Snapshot snapshot, List<LegStep> legs, MergeProgress merge) {
        var ttl = snapshot.build().getSpec().ttlSecondsAfterFinished();
        if (ttl == null || isAtWork(legs, merge)) {
            return Optional.empty();
        }
        return snapshot.run().map(RunStatus::finishedAt).map(Instant::parse).map(ended -> ended.plusSeconds(ttl));
    }

    private static boolean isAtWork(List<LegStep> legs, MergeProgress merge) {
        return legs.stream().anyMatch(step -> step.progress().isUnderWay()) || merge.isUnderWay();
    }
}
