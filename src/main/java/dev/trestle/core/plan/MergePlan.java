package dev.trestle.core.plan;

import dev.trestle.api.ConditionStatus;
import dev.trestle.core.observe.MergeOutcome;
import dev.trestle.core.render.MergeJob;
import dev.trestle.core.render.Owner;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Decides what is done next for one merge: it gets one Job, and what the Job says is final. */
public final class MergePlan {
    /** Longer than the create of a Job takes, with creation times in whole seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private MergePlan() {}

    /** The next step of a merge. */
    public sealed interface Step {
        /** It has ended before; nothing is done, nothing is written. */
        record Over() implements Step {}

        record Start(Job job) implements Step {}

        record Observe(MergeOutcome outcome) implements Step {}

        /** Who made the merge makes its Job too, and is at it. */
        record AwaitJob(Instant until) implements Step {}

        /** The Job is young, and has no pod at work yet, or no more. */
        record AwaitPod(Instant until) implements Step {}

        /** The Job has had no pod at work for long; it is given up then. */
        record Idle(Instant until) implements Step {}

        /** The Job of an earlier merge of that name is still being collected. */
        record AwaitOldJob() implements Step {}

        /** The API server refuses the Job; it is tried again. */
        record Refused(String message) implements Step {}

        /** The configuration does not let the namespace publish there; it is looked at again. */
        record Denied(String message) implements Step {}

        /** A Job of that name belongs to another object; its end sends no event, so it is looked for again. */
        record NameTaken() implements Step {}
    }

    public static Step decide(MergeSnapshot snapshot) {
        var merge = snapshot.merge();
        if (MergeEnd.succeeded(merge) != ConditionStatus.Unknown && !MergeEnd.isNameTaken(merge)) {
            return new Step.Over();
        }
        return snapshot.job().map(job -> withJob(snapshot, job)).orElseGet(() -> withoutJob(snapshot));
    }

    private static Step withoutJob(MergeSnapshot snapshot) {
        var until = Instant.parse(snapshot.merge().getMetadata().getCreationTimestamp())
                .plus(PATIENCE);
        return MergeJob.isOfBuild(snapshot.merge()) && snapshot.now().isBefore(until)
                ? new Step.AwaitJob(until)
                : PublishRight.denial(snapshot.merge(), snapshot.configuration().repositories())
                        .<Step>map(Step.Denied::new)
                        .orElseGet(() -> new Step.Start(MergeJob.of(snapshot.merge(), snapshot.configuration())));
    }

    /** When to look again although nothing has happened. */
    public static Optional<Instant> wakeAt(Step step, Instant now) {
        return switch (step) {
            case Step.AwaitJob(var until) -> Optional.of(until);
            case Step.AwaitPod(var until) -> Optional.of(until);
            case Step.Idle(var until) -> Optional.of(until);
            case Step.Refused _, Step.Denied _, Step.NameTaken _ -> Optional.of(now.plus(Refusal.RETRY));
            case Step.Over _, Step.Start _, Step.Observe _, Step.AwaitOldJob _ -> Optional.empty();
        };
    }

    private static Step withJob(MergeSnapshot snapshot, Job job) {
        if (Owner.owns(snapshot.merge(), job)) {
            var pods =
                    snapshot.pods().stream().filter(pod -> Owner.owns(job, pod)).toList();
            return observed(snapshot, MergeOutcome.of(job, pods), pods);
        }
        var isGoing = job.getMetadata().getDeletionTimestamp() != null || Owner.isLeftByNamesake(snapshot.merge(), job);
        return isGoing ? new Step.AwaitOldJob() : new Step.NameTaken();
    }

    /** Nobody makes a merge once more that no build has made, so its Job may take all its time. */
    private static Step observed(MergeSnapshot snapshot, MergeOutcome outcome, List<Pod> pods) {
        return outcome instanceof MergeOutcome.Running && MergeJob.isOfBuild(snapshot.merge()) && IdleJob.isIdle(pods)
                ? IdleJob.step(snapshot)
                : new Step.Observe(outcome);
    }
}
