package dev.trestle.core.plan;

import dev.trestle.api.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The next writes of one build, and its progress.
 *
 * @param source the commit of the run, when it is known
 * @param isNewRun whether the status has to record a run of this source before anything is done
 * @param actions to be done in this order
 * @param wakeAt when to look again although nothing has happened
 */
public record Decision(
        Optional<SourceView.Known> source,
        List<LegStep> legs,
        MergeProgress merge,
        boolean isNewRun,
        List<Action> actions,
        Optional<Instant> wakeAt) {

    public Decision {
        legs = List.copyOf(legs);
        actions = List.copyOf(actions);
    }

    static Decision of(BuildPlan plan, List<Action> actions, Optional<Instant> wakeAt) {
        return new Decision(plan.source(), plan.legs(), plan.merge(), plan.isNewRun(), actions, wakeAt);
    }

    /** The same decision after some of its actions were refused; they are due again after {@link Refusal#RETRY}. */
    public Decision after(List<Refusal> refusals, Instant now) {
        if (refusals.isEmpty()) {
            return this;
        }
        var retryAt = now.plus(Refusal.RETRY);
        return new Decision(
                source,
                legs.stream().map(step -> after(step, refusals)).toList(),
                after(merge, refusals),
                isNewRun,
                actions,
                wakeAt.filter(retryAt::isAfter).or(() -> Optional.of(retryAt)));
    }

    private static LegStep after(LegStep step, List<Refusal> refusals) {
        if (step.progress() instanceof LegProgress.Waiting) {
            return baseRefusal(refusals)
                    .map(message -> new LegStep(step.leg(), new LegProgress.Waiting(Reason.Refused, message)))
                    .orElse(step);
        }
        if (!(step.progress() instanceof LegProgress.Start(var plan))) {
            return step;
        }
        return refusals.stream()
                .filter(refusal -> refusal.action() instanceof Action.StartLeg(var pod)
                        && !LegPods.of(List.of(pod), plan.platform()).isEmpty())
                .map(refusal -> new LegStep(step.leg(), new LegProgress.Refused(plan, refusal.message())))
                .findFirst()
                .orElse(step);
    }

    /** A leg that waits for its claimed base waits for the conditions of the base's creation. */
    private static Optional<String> baseRefusal(List<Refusal> refusals) {
        return refusals.stream()
                .filter(refusal -> refusal.action() instanceof Action.CreateBase)
                .map(Refusal::message)
                .findFirst();
    }

    private static MergeProgress after(MergeProgress merge, List<Refusal> refusals) {
        return refusals.stream()
                .filter(refusal -> refusal.action() instanceof Action.StartMerge)
                .<MergeProgress>map(refusal -> new MergeProgress.Refused(refusal.message()))
                .findFirst()
                .orElse(merge);
    }
}
