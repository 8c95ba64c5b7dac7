package dev.trestle.core.observe;

import dev.trestle.api.LegFailure;
import dev.trestle.api.LegFailure.FailureClass;
import dev.trestle.core.render.LegPod;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of a leg, as its pod says it. The build container's {@code terminated} state decides: it is there seconds before the
 * pod's phase.
 */
public sealed interface LegOutcome {
    /** The pod waits for a node, an image, or its start. */
    record Queued(Optional<String> why) implements LegOutcome {}

    record Building(String since) implements LegOutcome {}

    /** Pushed and anchored. */
    record Succeeded(
            String digest,
            String finishedAt,
            Optional<Long> seconds,
            Optional<Integer> steps,
            Optional<Integer> cachedSteps)
            implements LegOutcome {}

    record Failed(LegFailure failure, String finishedAt) implements LegOutcome {}

    /** It is being deleted: how its container then ends is no outcome of the build. */
    record Ending() implements LegOutcome {}

    static LegOutcome of(Pod pod) {
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            return new Ending();
        }
        var build = buildContainer(pod);
        var terminated = build.map(ContainerStatus::getState).map(state -> state.getTerminated());
        if (terminated.isPresent()) {
            return ended(terminated.get());
        }
        if (pod.getStatus() != null && "Failed".equals(pod.getStatus().getPhase())) {
            return endedByCluster(pod);
        }
        return build.map(ContainerStatus::getState)
                .map(state -> state.getRunning())
                .<LegOutcome>map(running -> new Building(running.getStartedAt()))
                .orElseGet(() -> new Queued(waitingFor(pod)));
    }

    /** Whether the pod builds no more, for whatever reason; one that is being deleted builds until its container has ended. */
    static boolean hasEnded(Pod pod) {
        var terminated = buildContainer(pod).map(ContainerStatus::getState).map(state -> state.getTerminated());
        var phase = pod.getStatus() == null ? "" : pod.getStatus().getPhase();
        return terminated.isPresent() || "Failed".equals(phase) || "Succeeded".equals(phase);
    }

    /** When the pod had pushed its image, though it is being deleted: one that is cancelled too late has taken the anchor. */
    static Optional<Instant> pushedAt(Pod pod) {
        return buildContainer(pod)
                .map(ContainerStatus::getState)
                .map(state -> state.getTerminated())
                .filter(terminated -> terminated.getExitCode() == 0)
                .map(terminated -> Instant.parse(terminated.getFinishedAt()));
    }

    private static LegOutcome ended(ContainerStateTerminated terminated) {
        var result = LegResult.parse(terminated.getMessage());
        var digest = result.flatMap(LegResult::validDigest);
        if (terminated.getExitCode() == 0 && digest.isPresent()) {
            var good = result.orElseThrow();
            return new Succeeded(
                    digest.get(),
                    terminated.getFinishedAt(),
                    Optional.ofNullable(good.seconds()),
                    Optional.ofNullable(good.steps()),
                    Optional.ofNullable(good.cachedSteps()));
        }
        return new Failed(failureOf(terminated, result), terminated.getFinishedAt());
    }

    private static LegFailure failureOf(ContainerStateTerminated terminated, Optional<LegResult> result) {
        var told = result.map(LegResult::failure).filter(Objects::nonNull);
        if (told.isPresent()) {
            return told.get().toLegFailure(classByExitCode(terminated));
        }
        var message = terminated.getExitCode() == 0
                ? "The build container ended well but left no digest in its termination message."
                : "The build container ended with exit code %d (%s) and left no result."
                        .formatted(
                                terminated.getExitCode(),
                                Objects.requireNonNullElse(terminated.getReason(), "no reason"));
        return failure(classByExitCode(terminated), terminated.getExitCode(), message);
    }

    /** Exit codes of {@code images/builder/trestle-leg}; 137 is a kill, which is memory when Kubernetes says so. */
    private static FailureClass classByExitCode(ContainerStateTerminated terminated) {
        if ("OOMKilled".equals(terminated.getReason())) {
            return FailureClass.OutOfMemory;
        }
        return switch (terminated.getExitCode()) {
            case 1 -> FailureClass.User;
            case 3 -> FailureClass.WrongPlatform;
            default -> FailureClass.Infrastructure;
        };
    }

    private static LegOutcome endedByCluster(Pod pod) {
        var reason = Objects.requireNonNullElse(pod.getStatus().getReason(), "no reason given");
        var failureClass =
                reason.equals("DeadlineExceeded") ? FailureClass.DeadlineExceeded : FailureClass.Infrastructure;
        var text = Objects.requireNonNullElse(pod.getStatus().getMessage(), "");
        var message = "The pod was ended by the cluster: %s. %s"
                .formatted(reason, text)
                .strip();
        return new Failed(
                failure(failureClass, null, message.substring(0, Math.min(1000, message.length()))),
                Objects.requireNonNullElse(
                        pod.getStatus().getStartTime(), pod.getMetadata().getCreationTimestamp()));
    }

    private static LegFailure failure(
            FailureClass failureClass, @org.jspecify.annotations.Nullable Integer exitCode, String message) {
        return new LegFailure(failureClass, null, null, exitCode, message, List.of());
    }

    private static Optional<ContainerStatus> buildContainer(Pod pod) {
        if (pod.getStatus() == null || pod.getStatus().getContainerStatuses() == null) {
            return Optional.empty();
        }
        return pod.getStatus().getContainerStatuses().stream()
                .filter(status -> status.getName().equals(LegPod.BUILD_CONTAINER))
                .findFirst();
    }

    /** Why the scheduler has no place for it, or why an image does not come. */
    private static Optional<String> waitingFor(Pod pod) {
        if (pod.getStatus() == null) {
            return Optional.empty();
        }
        var unschedulable = pod.getStatus().getConditions().stream()
                .filter(condition ->
                        condition.getType().equals("PodScheduled") && "False".equals(condition.getStatus()))
                .map(condition -> "No node takes the pod: " + condition.getMessage())
                .findFirst();
        return unschedulable.or(() -> containersWaiting(pod));
    }

    private static Optional<String> containersWaiting(Pod pod) {
        return java.util.stream.Stream.concat(
                        pod.getStatus().getInitContainerStatuses().stream(),
                        pod.getStatus().getContainerStatuses().stream())
                .map(ContainerStatus::getState)
                .filter(state -> state != null && state.getWaiting() != null)
                .map(state -> state.getWaiting())
                .filter(waiting -> waiting.getMessage() != null)
                .map(waiting -> "%s: %s".formatted(waiting.getReason(), waiting.getMessage()))
                .findFirst();
    }
}
