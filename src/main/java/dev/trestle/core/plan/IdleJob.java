package dev.trestle.core.plan;

import dev.trestle.core.observe.MergeOutcome;
import dev.trestle.core.plan.MergePlan.Step;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A merge's Job that has neither ended nor a pod at work. Between two pods it waits for minutes at most, but a cluster may leave it alone for
 * good, its deadline included: the Job controller of Kubernetes 1.36.3 did so after the API server had been killed. When that began is kept in
 * the merge's status, by this clock alone.
 */
final class IdleJob {
    /** Longer than the longest wait between two pods of {@link dev.trestle.core.render.MergeJob}: 10 seconds, doubled four times. */
    static final Duration PATIENCE = Duration.ofMinutes(5);

    private IdleJob() {}

    static boolean isIdle(List<Pod> pods) {
        return pods.stream().allMatch(IdleJob::hasEnded);
    }

    private static boolean hasEnded(Pod pod) {
        var status = pod.getStatus();
        return status != null && ("Succeeded".equals(status.getPhase()) || "Failed".equals(status.getPhase()));
    }

    static Step step(MergeSnapshot snapshot) {
        var now = snapshot.now();
        var givenUpAt = Optional.ofNullable(snapshot.status().retryAt()).map(Instant::parse);
        if (givenUpAt.isEmpty()) {
            var old = Instant.parse(snapshot.merge().getMetadata().getCreationTimestamp())
                    .plus(PATIENCE);
            return now.isBefore(old) ? new Step.AwaitPod(old) : new Step.Idle(now.plus(PATIENCE));
        }
        return now.isBefore(givenUpAt.get()) ? idleUntil(givenUpAt.get(), now) : new Step.Observe(leftAlone(now));
    }

    /** A clock that was set back does not prolong the wait. */
    private static Step idleUntil(Instant givenUpAt, Instant now) {
        var latest = now.plus(PATIENCE);
        return new Step.Idle(givenUpAt.isAfter(latest) ? latest : givenUpAt);
    }

    private static MergeOutcome leftAlone(Instant now) {
        return MergeOutcome.Failed.notStarted(
                "the cluster has left the merge's Job alone for %d minutes: it has not ended, and no pod is at work"
                        .formatted(PATIENCE.toMinutes()),
                now.toString());
    }
}
