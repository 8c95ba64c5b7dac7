package dev.trestle.core.observe;

import dev.trestle.api.PlatformImage;
import dev.trestle.core.Jitter;
import dev.trestle.core.render.MergeJob;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The outcome of a merge, as its Job and the Job's pods report it; a pod reports it two seconds before the Job. */
public sealed interface MergeOutcome {
    record Running() implements MergeOutcome {}

    record Succeeded(String digest, List<PlatformImage> platforms, String finishedAt) implements MergeOutcome {}

    /**
     * @param gone platforms whose image is in no repository any more
     * @param supersededBy number of the later run that a tag holds
     * @param limited the registry that is rate-limiting
     * @param cause tells whether the same merge may go well later
     */
    record Failed(
            String message,
            List<String> gone,
            Optional<Long> supersededBy,
            Optional<Limited> limited,
            Cause cause,
            String finishedAt)
            implements MergeOutcome {
        /** The Job itself has tried for as long as that. */
        private static final Duration PAUSE = Duration.ofMinutes(5);
        /** The Job has tried once. */
        private static final Duration SHORT_PAUSE = Duration.ofSeconds(30);

        public Failed {
            gone = List.copyOf(gone);
        }

        /** The merge's container has not said anything: neither the images nor a registry are at fault. */
        public static Failed notStarted(String message, String finishedAt) {
            return new Failed(message, List.of(), Optional.empty(), Optional.empty(), Cause.NotStarted, finishedAt);
        }

        /** When a rate-limiting registry may be asked again, if it has named a time, or when the merge of this name is retried. */
        public Optional<Instant> retryAt(String merge) {
            if (limited.isPresent()) {
                return limited.get().retryAt(finishedAt);
            }
            return pause().map(pause ->
                    Instant.parse(finishedAt).plus(Jitter.upToHalfMore(pause, List.of(merge, finishedAt))));
        }

        private Optional<Duration> pause() {
            return switch (cause) {
                case Refused -> Optional.empty();
                case Transient, NotStarted -> Optional.of(PAUSE);
                case BesideAnother -> Optional.of(SHORT_PAUSE);
            };
        }
    }

    /** The cause of a merge's failure. */
    enum Cause {
        /** The images or the request; the merge is not retried. */
        Refused,
        /** A registry, mostly, after all retries of the Job. */
        Transient,
        /** The cluster: the merge's container never ran, or left nothing. */
        NotStarted,
        /** As {@link #Transient}, but the Job does not retry: another container of the pod, such as a mesh's sidecar, runs on. */
        BesideAnother
    }

    /**
     * A registry that answered 429 until the merge gave up.
     *
     * @param retryAfter how long it asks to be left alone, if it has said so
     */
    record Limited(String registry, Optional<Duration> retryAfter) {
        public Optional<Instant> retryAt(String finishedAt) {
            return retryAfter.map(Instant.parse(finishedAt)::plus);
        }
    }

    static MergeOutcome of(Job job, List<Pod> pods) {
        var succeeded = terminated(pods)
                .map(MergeOutcome::succeeded)
                .flatMap(Optional::stream)
                .findFirst();
        if (succeeded.isPresent()) {
            return succeeded.get();
        }
        return failedAt(job)
                .<MergeOutcome>map(at -> failed(job, pods, at))
                .or(() -> failedBesideAnother(pods))
                .or(() -> completeWithoutResult(job, pods))
                .orElseGet(Running::new);
    }

    /** While a pod has not ended for us, its news are only late. */
    private static Optional<MergeOutcome> completeWithoutResult(Job job, List<Pod> pods) {
        var allEnded = terminated(pods).count() == pods.size();
        return transitionTo("Complete", job)
                .filter(_ -> allEnded)
                .map(at -> Failed.notStarted(
                        "the merge's Job is complete but left no digest: its pod is gone, or wrote none", at));
    }

    private static Optional<MergeOutcome> succeeded(ContainerStateTerminated terminated) {
        if (terminated.getExitCode() != 0) {
            return Optional.empty();
        }
        return MergeReport.parse(terminated.getMessage())
                .flatMap(report -> report.validDigest()
                        .map(digest -> new Succeeded(digest, report.validPlatforms(), terminated.getFinishedAt())));
    }

    private static Optional<String> failedAt(Job job) {
        return transitionTo("Failed", job);
    }

    private static Optional<String> transitionTo(String type, Job job) {
        return condition(type, job).map(JobCondition::getLastTransitionTime);
    }

    private static Optional<JobCondition> condition(String type, Job job) {
        return Optional.ofNullable(job.getStatus()).stream()
                .flatMap(status -> status.getConditions().stream())
                .filter(condition -> condition.getType().equals(type) && "True".equals(condition.getStatus()))
                .findFirst();
    }

    private static Failed failed(Job job, List<Pod> pods, String at) {
        return terminated(pods)
                .max(Comparator.comparing(ContainerStateTerminated::getFinishedAt))
                .map(terminated -> failed(terminated, Cause.Transient, at))
                .orElseGet(() ->
                        Failed.notStarted("the merge's Job failed and left no pod that says why" + jobsWords(job), at));
    }

    /** Such as its deadline: the Job controller then deletes a pod that has not started. */
    private static String jobsWords(Job job) {
        return condition("Failed", job)
                .filter(condition -> condition.getReason() != null)
                .map(condition -> " (%s: %s)"
                        .formatted(
                                condition.getReason(),
                                Objects.requireNonNullElse(condition.getMessage(), "no message")))
                .orElse("");
    }

    /** The pod has not ended, so the Job starts no other. */
    private static Optional<MergeOutcome> failedBesideAnother(List<Pod> pods) {
        return pods.stream()
                .filter(pod -> pod.getStatus() != null && anotherRuns(pod))
                .flatMap(MergeOutcome::terminated)
                .filter(terminated -> terminated.getExitCode() != 0 && terminated.getFinishedAt() != null)
                .<MergeOutcome>map(terminated -> failed(terminated, Cause.BesideAnother, terminated.getFinishedAt()))
                .findFirst();
    }

    private static boolean anotherRuns(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream()
                .filter(status -> !status.getName().equals(MergeJob.CONTAINER) && status.getState() != null)
                .anyMatch(status -> status.getState().getRunning() != null);
    }

    private static Failed failed(ContainerStateTerminated terminated, Cause otherwise, String at) {
        var cause = terminated.getExitCode() == MergeJob.HOPELESS ? Cause.Refused : otherwise;
        return MergeReport.parse(terminated.getMessage())
                .flatMap(report -> Optional.ofNullable(report.failure()))
                .map(failure -> failure.at(at, cause))
                .orElseGet(() -> new Failed(
                        "the merge's container ended with exit code " + terminated.getExitCode(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        cause,
                        at));
    }

    private static Stream<ContainerStateTerminated> terminated(List<Pod> pods) {
        return pods.stream().filter(pod -> pod.getStatus() != null).flatMap(MergeOutcome::terminated);
    }

    private static Stream<ContainerStateTerminated> terminated(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream()
                .filter(status -> status.getName().equals(MergeJob.CONTAINER) && status.getState() != null)
                .map(status -> ContainerTimes.complete(status.getState(), pod).getTerminated())
                .filter(Objects::nonNull);
    }
}
