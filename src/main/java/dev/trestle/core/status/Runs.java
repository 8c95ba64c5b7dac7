package dev.trestle.core.status;

import dev.trestle.api.PublishedImage;
import dev.trestle.api.RunStatus;
import dev.trestle.core.plan.MergeProgress;
import org.jspecify.annotations.Nullable;

/** The run's part of the status: it begins with the first leg that is started and ends when nothing of it is under way. */
final class Runs {
    private Runs() {}

    static @Nullable RunStatus of(BuildFacts facts) {
        var last = facts.snapshot().status().run();
        var revision = facts.decision().revision();
        if (revision.isEmpty()) {
            return last;
        }
        var now = Conditions.timestamp(facts.snapshot().now());
        var continued =
                last != null && last.finishedAt() == null && last.revision().equals(revision.get());
        if (facts.isActive()) {
            var startedAt = continued && last != null ? last.startedAt() : now;
            return new RunStatus(revision.get(), startedAt, null, merge(facts));
        }
        if (last == null || last.finishedAt() != null) {
            return last;
        }
        return new RunStatus(last.revision(), last.startedAt(), now, merge(facts));
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
