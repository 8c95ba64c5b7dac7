package dev.trestle.core.observe;

import dev.trestle.api.PlatformImage;
import dev.trestle.core.Jitter;
import dev.trestle.core.render.MergeJob;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What became of a merge, as its Job and the Job's pods say it; a pod tells it two seconds before the Job does. */
public sealed interface MergeOutcome {
    record Running() implements MergeOutcome {}

    record Succeeded(String digest, List<PlatformImage> platforms, String finishedAt) implements MergeOutcome {}

    /**
     * @param gone platforms whose image is in no repository any more
     * @param supersededBy number of the later run that a tag holds
     * @param limited the registry that has had enough
     * @param passes whether the same merge may go well later: nothing that was found or asked for is at fault
     */
    record Failed(
            String message,
            List<String> gone,
            Optional<Long> supersededBy,
            Optional<Limited> limited,
            boolean passes,
            String finishedAt)
            implements MergeOutcome {
        /** The Job itself has tried for as long as that. */
        private static final Duration PAUSE = Duration.ofMinutes(5);

        public Failed {
            gone = List.copyOf(gone);
        }

        /** For trouble that is neither the images' nor a registry's. */
        public static Failed passing(String message, String finishedAt) {
            return new Failed(message, List.of(), Optional.empty(), Optional.empty(), true, finishedAt);
        }

        /** When a registry that has had enough may be asked again, if it has said so, or when the merge of this name is tried again. */
        public Optional<Instant> retryAt(String merge) {
            if (limited.isPresent()) {
                return limited.get().retryAt(finishedAt);
            }
            return passes
                    ? Optional.of(
                            Instant.parse(finishedAt).plus(Jitter.upToHalfMore(PAUSE, List.of(merge, finishedAt))))
                    : Optional.empty();
        }
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
                .<MergeOutcome>map(at -> failed(pods, at))
                .or(() -> completeWithoutResult(job, pods))
                .orElseGet(Running::new);
    }

    /** While a pod has not ended for us, its news are only late. */
    private static Optional<MergeOutcome> completeWithoutResult(Job job, List<Pod> pods) {
        var allEnded = terminated(pods).count() == pods.size();
        return transitionTo("Complete", job)
                .filter(_ -> allEnded)
                .map(at -> Failed.passing(
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
        if (job.getStatus() == null) {
            return Optional.empty();
        }
        return job.getStatus().getConditions().stream()
                .filter(condition -> condition.getType().equals(type) && "True".equals(condition.getStatus()))
                .map(condition -> condition.getLastTransitionTime())
                .findFirst();
    }

    private static Failed failed(List<Pod> pods, String at) {
        return terminated(pods)
                .max(Comparator.comparing(ContainerStateTerminated::getFinishedAt))
                .map(terminated -> failed(terminated, at))
                .orElseGet(() -> Failed.passing("the merge's Job failed and left no pod that says why", at));
    }

    private static Failed failed(ContainerStateTerminated terminated, String at) {
        var passes = terminated.getExitCode() != MergeJob.HOPELESS;
        return MergeReport.parse(terminated.getMessage())
                .flatMap(report -> Optional.ofNullable(report.failure()))
                .map(failure -> failure.at(at, passes))
                .orElseGet(() -> new Failed(
                        "the merge's container ended with exit code " + terminated.getExitCode(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        passes,
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
