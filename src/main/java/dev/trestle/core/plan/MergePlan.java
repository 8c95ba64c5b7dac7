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

        /** A Job of that name belongs to somebody else. */
        record NameTaken() implements Step {}
    }

    public static Step decide(MergeSnapshot snapshot) {
        var merge = snapshot.merge();
        if (MergeDecision.succeeded(merge) != ConditionStatus.Unknown) {
            return new Step.Over();
        }
        return snapshot.job()
                .<Step>map(job -> Owner.owns(merge, job)
                        ? new Step.Observe(MergeOutcome.of(job, snapshot.pods()))
                        : new Step.NameTaken())
                .orElseGet(() -> new Step.Start(MergeJob.of(merge, snapshot.configuration())));
    }
}
