package dev.trestle.core.observe;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Why a merge that has not started does not start, as its Job and the Job's pods say. */
public final class MergeStart {
    /** A merge's pod starts within seconds where its node has the image. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    private MergeStart() {}

    /** Whether a queue or a person holds the Job back. */
    public static boolean isSuspended(Job job) {
        return (job.getSpec() != null && Boolean.TRUE.equals(job.getSpec().getSuspend()))
                || (job.getStatus() != null
                        && job.getStatus().getConditions().stream()
                                .anyMatch(condition -> condition.getType().equals("Suspended")
                                        && "True".equals(condition.getStatus())));
    }

    /** The obstacle that keeps the merge from starting; empty while it runs, or was created moments ago. */
    public static Optional<String> heldUp(Job job, List<Pod> pods, Instant now) {
        if (isSuspended(job)) {
            return Optional.of(
                    "Its Job is suspended, as Kueue does until there is room: it waits until 'spec.suspend' of Job '%s' is false."
                            .formatted(job.getMetadata().getName()));
        }
        if (pods.isEmpty()) {
            return Optional.of(job)
                    .filter(MergeStart::hasHadNoPod)
                    .flatMap(_ -> createdAt(job.getMetadata().getCreationTimestamp()))
                    .filter(created -> isLate(created, now))
                    .map(_ ->
                            "No pod has been made for its Job. A quota or an admission policy may refuse it; the words: kubectl describe job %s -n %s"
                                    .formatted(
                                            job.getMetadata().getName(),
                                            job.getMetadata().getNamespace()));
        }
        return pods.stream()
                .filter(MergeStart::isPending)
                .filter(pod -> createdAt(pod.getMetadata().getCreationTimestamp())
                        .filter(created -> isLate(created, now))
                        .isPresent())
                .findFirst()
                .map(pod -> PodStart.heldUp(pod, now)
                        .orElseGet(() -> "Its pod has not started. The words: kubectl describe pod %s -n %s"
                                .formatted(
                                        pod.getMetadata().getName(),
                                        pod.getMetadata().getNamespace())));
    }

    /** When to look again although nothing has happened. */
    public static Optional<Instant> lookAgainAt(Job job, List<Pod> pods, Instant now) {
        var pending = pods.stream()
                .filter(MergeStart::isPending)
                .map(pod -> pod.getMetadata().getCreationTimestamp());
        var waiting = pods.isEmpty() && hasHadNoPod(job) && !isSuspended(job)
                ? Stream.ofNullable(job.getMetadata().getCreationTimestamp())
                : pending;
        return waiting.filter(Objects::nonNull)
                .map(created -> Instant.parse(created).plus(PATIENCE))
                .filter(now::isBefore)
                .min(Instant::compareTo);
    }

    private static boolean hasHadNoPod(Job job) {
        var status = job.getStatus();
        return status == null || (status.getFailed() == null && status.getSucceeded() == null);
    }

    private static Optional<Instant> createdAt(String timestamp) {
        return Optional.ofNullable(timestamp).map(Instant::parse);
    }

    private static boolean isLate(Instant created, Instant now) {
        return !created.plus(PATIENCE).isAfter(now);
    }

    private static boolean isPending(Pod pod) {
        var status = pod.getStatus();
        return status == null
                || (Objects.requireNonNullElse(status.getPhase(), "Pending").equals("Pending")
                        && status.getContainerStatuses().stream().noneMatch(MergeStart::hasBegun));
    }

    private static boolean hasBegun(ContainerStatus status) {
        return status.getState() != null
                && (status.getState().getRunning() != null || status.getState().getTerminated() != null);
    }
}
