package dev.trestle.core.plan;

import dev.trestle.api.ConditionStatus;
import dev.trestle.core.observe.MergeOutcome;
import dev.trestle.core.render.MergeJob;
import dev.trestle.core.render.Owner;
import io.fabric8.kubernetes.api.model.batch.v1.Job;

/** Decides what is done next for one merge: it gets one Job, and what the Job says is final. */
public final class MergePlan {
    private MergePlan() {}

    /** The next step of a merge. */
    public sealed interface Step {
        /** It has ended before; nothing is done, nothing is written. */
        record Over() implements Step {}

        record Start(Job job) implements Step {}

        record Observe(MergeOutcome outcome) implements Step {}

        /** The Job of an earlier merge of that name is still being collected. */
        record AwaitOldJob() implements Step {}

        /** The API server refuses the Job; it is tried again. */
        record Refused(String message) implements Step {}

        /** A Job of that name belongs to somebody else. */
        record NameTaken() implements Step {}
    }

    public static Step decide(MergeSnapshot snapshot) {
        var merge = snapshot.merge();
        if (MergeDecision.succeeded(merge) != ConditionStatus.Unknown) {
            return new Step.Over();
        }
        return snapshot.job()
                .map(job -> withJob(snapshot, job))
                .orElseGet(() -> new Step.Start(MergeJob.of(merge, snapshot.configuration())));
    }

    private static Step withJob(MergeSnapshot snapshot, Job job) {
        if (Owner.owns(snapshot.merge(), job)) {
            var pods =
                    snapshot.pods().stream().filter(pod -> Owner.owns(job, pod)).toList();
            return new Step.Observe(MergeOutcome.of(job, pods));
        }
        var isGoing = job.getMetadata().getDeletionTimestamp() != null || Owner.isLeftByNamesake(snapshot.merge(), job);
        return isGoing ? new Step.AwaitOldJob() : new Step.NameTaken();
    }
}
