package dev.trestle.core.status;

import dev.trestle.api.PublishedImage;
import dev.trestle.api.RunStatus;
import dev.trestle.core.plan.MergeProgress;
import dev.trestle.core.plan.RunSource;
import dev.trestle.core.plan.SourceView.Known;
import java.util.Optional;
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
        if (facts.decision().isNewRun()) {
            return run(facts, source, now, facts.isActive() ? null : now);
        }
        if (facts.isBuilding() || facts.isMerging()) {
            return run(
                    facts,
                    source,
                    continued(last, source).map(RunStatus::startedAt).orElse(now),
                    null);
        }
        if (RunSource.isPassedOver(facts.snapshot(), source)
                && (facts.isCurrent() || facts.failure().isPresent())) {
            return run(facts, source, now, now);
        }
        if (last == null || last.finishedAt() != null || isBetweenLegs(facts)) {
            return last;
        }
        return last.endedAt(now, merge(facts));
    }

    private static RunStatus run(BuildFacts facts, Known source, String startedAt, @Nullable String finishedAt) {
        return new RunStatus(
                source.revision(),
                source.gitTag().orElse(null),
                source.skipped() == 0 ? null : source.skipped(),
                RunSource.hash(facts.snapshot().build().getSpec(), source.inputsVersion()),
                source.files(),
                startedAt,
                finishedAt,
                merge(facts),
                source.inputsVersion() == 1 ? null : source.inputsVersion());
    }

    private static Optional<RunStatus> continued(@Nullable RunStatus last, Known source) {
        return Optional.ofNullable(last)
                .filter(run -> run.finishedAt() == null)
                .filter(run -> run.revision().equals(source.revision()))
                .filter(run -> source.gitTag().equals(Optional.ofNullable(run.gitTag())));
    }

    /** A run that has begun keeps its commit while its next leg awaits its turn; one that cannot succeed ends. */
    private static boolean isBetweenLegs(BuildFacts facts) {
        return facts.isAwaitingTurn() && facts.failure().isEmpty();
    }

    private static @Nullable String merge(BuildFacts facts) {
        return switch (facts.decision().merge()) {
            case MergeProgress.NotYet _,
                    MergeProgress.AfterOther _,
                    MergeProgress.Due _,
                    MergeProgress.Held _,
                    MergeProgress.Refused _,
                    MergeProgress.Cancelled _ -> null;
            case MergeProgress.Start(var merge) -> merge.getMetadata().getName();
            case MergeProgress.Paused(var merge, var _, var _, var _) -> merge;
            case MergeProgress.Again(var merge) -> merge.getMetadata().getName();
            case MergeProgress.Running(var merge) -> merge;
            case MergeProgress.Unstarted(var merge, var _) -> merge;
            case MergeProgress.Failed(var merge, var _) -> merge;
            case MergeProgress.Current(PublishedImage image) -> image.merge();
            case MergeProgress.Succeeded(PublishedImage image) -> image.merge();
        };
    }
}
