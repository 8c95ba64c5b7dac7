package dev.trestle.core.plan;

import dev.trestle.core.observe.MergeOutcome;
import dev.trestle.core.observe.MergeStart;
import dev.trestle.core.observe.MergeState;
import dev.trestle.core.observe.MergeView;
import dev.trestle.core.render.MergeJob;
import dev.trestle.core.render.Owner;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Decides the next step of one merge: it gets one Job, and the Job's outcome is final. */
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

        /** The creator of the merge creates its Job too, and is about to. */
        record AwaitJob(Instant until) implements Step {}

        /** The Job is young, and has no pod at work yet, or no more. */
        record AwaitPod(Instant until) implements Step {}

        /** The Job or its pod does not start, in the cluster's words. */
        record HeldUp(String message, Optional<Instant> until) implements Step {}

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
        if (isOver(MergeView.of(merge))) {
            return new Step.Over();
        }
        return snapshot.job().map(job -> withJob(snapshot, job)).orElseGet(() -> withoutJob(snapshot));
    }

    private static boolean isOver(MergeView merge) {
        return switch (merge.state()) {
            case MergeState.UnderWay _ -> false;
            case MergeState.Succeeded _ -> true;
            case MergeState.Failed failed -> !failed.isNameTaken();
        };
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
            case Step.HeldUp(var _, var until) -> until;
            case Step.Refused _, Step.Denied _, Step.NameTaken _ -> Optional.of(now.plus(Refusal.RETRY));
            case Step.Over _, Step.Start _, Step.Observe _, Step.AwaitOldJob _ -> Optional.empty();
        };
    }

    private static Step withJob(MergeSnapshot snapshot, Job job) {
        if (Owner.owns(snapshot.merge(), job)) {
            var pods =
                    snapshot.pods().stream().filter(pod -> Owner.owns(job, pod)).toList();
            return observed(snapshot, MergeOutcome.of(job, pods), job, pods);
        }
        var isGoing = job.getMetadata().getDeletionTimestamp() != null || Owner.isLeftByNamesake(snapshot.merge(), job);
        return isGoing ? new Step.AwaitOldJob() : new Step.NameTaken();
    }

    private static Step observed(MergeSnapshot snapshot, MergeOutcome outcome, Job job, List<Pod> pods) {
        if (!(outcome instanceof MergeOutcome.Running)) {
            return new Step.Observe(outcome);
        }
        var heldUp = MergeStart.heldUp(job, pods, snapshot.now());
        var step = isIdle(snapshot, job, pods)
                ? IdleJob.step(snapshot)
                : MergeStart.lookAgainAt(job, pods, snapshot.now())
                        .<Step>map(Step.AwaitPod::new)
                        .orElseGet(() -> new Step.Observe(outcome));
        return heldUp.map(message -> heldUp(message, step)).orElse(step);
    }

    /** Only a merge that a build has made is made again, so the Job of any other may take all its time; one that is suspended has its own. */
    private static boolean isIdle(MergeSnapshot snapshot, Job job, List<Pod> pods) {
        return MergeJob.isOfBuild(snapshot.merge()) && IdleJob.isIdle(pods) && !MergeStart.isSuspended(job);
    }

    private static Step heldUp(String message, Step step) {
        return switch (step) {
            case Step.AwaitPod(var until) -> new Step.HeldUp(message, Optional.of(until));
            case Step.Observe(MergeOutcome.Running _) -> new Step.HeldUp(message, Optional.empty());
            case Step.Observe _,
                    Step.Idle _,
                    Step.Over _,
                    Step.Start _,
                    Step.HeldUp _,
                    Step.AwaitJob _,
                    Step.AwaitOldJob _,
                    Step.Refused _,
                    Step.Denied _,
                    Step.NameTaken _ -> step;
        };
    }
}
