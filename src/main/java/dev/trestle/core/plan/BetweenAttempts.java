package dev.trestle.core.plan;

import java.util.Optional;

/**
 * A run whose legs fail and wait for their next attempts. None of it is being built, so the newest commit takes its place as soon as it changes
 * what such a leg is made of: it may hold the fix.
 */
final class BetweenAttempts {
    private BetweenAttempts() {}

    /** @return the run's commit, or the newest one where that is to be built instead */
    static Optional<SourceView.Known> sourceOf(Snapshot snapshot, Optional<SourceView.Known> running) {
        return RunSource.newer(snapshot, running)
                .filter(newest -> changesNextAttempt(snapshot, running, newest))
                .or(() -> running);
    }

    private static boolean changesNextAttempt(
            Snapshot snapshot, Optional<SourceView.Known> running, SourceView.Known newest) {
        var legs = snapshot.build().getSpec().legs().stream()
                .map(leg -> new LegStep(leg, LegDecision.toMerge(snapshot, leg, running)))
                .toList();
        return legs.stream().noneMatch(step -> isAtWork(step.progress()))
                && legs.stream()
                        .filter(step -> isNextAttempt(step.progress()))
                        .anyMatch(step -> isMadeOfOther(snapshot, step, newest));
    }

    private static boolean isAtWork(LegProgress progress) {
        return progress.isUnderWay() && !isNextAttempt(progress);
    }

    /** It has failed, and what comes next has not been started. */
    private static boolean isNextAttempt(LegProgress progress) {
        return switch (progress) {
            case LegProgress.Retry _ -> true;
            case LegProgress.Start(var plan) -> plan.attempt() > 1;
            case LegProgress.Held(var plan, var _, var _) -> plan.attempt() > 1;
            case LegProgress.Refused(var plan, var _) -> plan.attempt() > 1;
            case LegProgress.Done _,
                    LegProgress.Waiting _,
                    LegProgress.AfterMerge _,
                    LegProgress.Queued _,
                    LegProgress.Building _,
                    LegProgress.Ending _,
                    LegProgress.Overtaken _,
                    LegProgress.Failed _,
                    LegProgress.Cancelled _ -> false;
        };
    }

    private static boolean isMadeOfOther(Snapshot snapshot, LegStep step, SourceView.Known newest) {
        var planned = step.progress().planned().orElseThrow();
        var inputs = KnownInputs.of(snapshot, step.leg(), newest, planned.base());
        return !inputs.fingerprint().equals(planned.inputs().fingerprint());
    }
}
