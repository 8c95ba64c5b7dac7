package dev.trestle.core.plan;

import dev.trestle.api.RunPolicy;
import dev.trestle.core.plan.SourceView.Known;
import java.util.Optional;

/**
 * A run whose legs have failed and wait for their next attempts. No leg of it is being built, so the newest commit supersedes it as soon
 * as that commit changes the inputs of such a leg: the commit may hold the fix.
 */
final class BetweenAttempts {
    private BetweenAttempts() {}

    /**
     * @param plan of the run's own commit
     * @return the commit that supersedes the run; empty when the run goes on
     */
    static Optional<Known> newest(BuildPlan plan) {
        return takesNewest(plan.snapshot()) && isBetweenAttempts(plan)
                ? RunSource.newerThanRun(plan.snapshot())
                        .filter(newest -> plan.legs().stream()
                                .filter(step -> isNextAttempt(step.progress()))
                                .anyMatch(step -> changes(plan.snapshot(), step, newest)))
                : Optional.empty();
    }

    /** {@link RunPolicy#Every} builds each commit to its end, and {@link RunPolicy#Replace} is at the newest already. */
    private static boolean takesNewest(Snapshot snapshot) {
        var policy = snapshot.build().getSpec().runPolicy();
        return policy == null || policy == RunPolicy.Latest;
    }

    private static boolean isBetweenAttempts(BuildPlan plan) {
        return !plan.merge().isUnderWay()
                && plan.legs().stream()
                        .map(LegStep::progress)
                        .allMatch(progress -> isNextAttempt(progress) || !progress.isUnderWay());
    }

    /** The attempt before has failed, and this one has not been started. */
    private static boolean isNextAttempt(LegProgress progress) {
        return switch (progress) {
            case LegProgress.Retry _ -> true;
            case LegProgress.Due(var plan) -> plan.attempt() > 1;
            case LegProgress.Held(var plan, var _, var _) -> plan.attempt() > 1;
            case LegProgress.Done _,
                    LegProgress.Waiting _,
                    LegProgress.Start _,
                    LegProgress.Refused _,
                    LegProgress.AfterMerge _,
                    LegProgress.Queued _,
                    LegProgress.Building _,
                    LegProgress.Ending _,
                    LegProgress.Overtaken _,
                    LegProgress.Failed _,
                    LegProgress.Cancelled _ -> false;
        };
    }

    private static boolean changes(Snapshot snapshot, LegStep step, Known newest) {
        var planned = step.progress().planned().orElseThrow();
        var inputs = KnownInputs.of(snapshot, step.leg(), newest, planned.base());
        return !inputs.fingerprint().equals(planned.inputs().fingerprint());
    }
}
