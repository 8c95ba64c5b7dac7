package dev.trestle.core.status;

import dev.trestle.api.PublishedImage;
import dev.trestle.api.RunStatus;
import dev.trestle.core.plan.MergeProgress;
import dev.trestle.core.plan.RunSource;
import org.jspecify.annotations.Nullable;

/** The run's part of the status: it begins with the first leg that is started and ends when nothing of it is under way. */
final class Runs {
    private Runs() {}

    static @Nullable RunStatus of(BuildFacts facts) {
        var last = facts.snapshot().status().run();
        var building = facts.decision().source();
        if (building.isEmpty()) {
            return last;
        }
        var source = building.get();
        var now = Conditions.timestamp(facts.snapshot().now());
        var continued =
                last != null && last.finishedAt() == null && last.revision().equals(source.revision());
        if (facts.isBuilding() || facts.isMerging()) {
            var startedAt = continued && last != null ? last.startedAt() : now;
            var hash = RunSource.hash(facts.snapshot().build().getSpec());
            return new RunStatus(source.revision(), null, hash, source.files(), startedAt, null, merge(facts));
        }
        if (last == null || last.finishedAt() != null || isBetweenLegs(facts)) {
            return last;
        }
        return new RunStatus(
                last.revision(), last.gitTag(), last.source(), last.inputs(), last.startedAt(), now, merge(facts));
    }

    /** A run that has begun keeps its commit while its next leg awaits its turn; one that cannot succeed ends. */
    private static boolean isBetweenLegs(BuildFacts facts) {
        return facts.isAwaitingPool() && facts.failure().isEmpty();
    }

    private static @Nullable String merge(BuildFacts facts) {
        return switch (facts.decision().merge()) {
            case MergeProgress.NotYet _, MergeProgress.AfterOther _, MergeProgress.Refused _ -> null;
            case MergeProgress.Start(var merge) -> merge.getMetadata().getName();
            case MergeProgress.Running(var merge) -> merge;
            case MergeProgress.Failed(var merge, var _) -> merge;
            case MergeProgress.Current(PublishedImage image) -> image.merge();
            case MergeProgress.Succeeded(PublishedImage image) -> image.merge();
        };
    }
}
