package dev.trestle.core.observe;

import dev.trestle.api.FailureReason;
import dev.trestle.api.LegFailure;
import dev.trestle.api.LegFailure.FailureClass;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a leg's pod failed. Three witnesses are asked, and the first that knows a cause behind the others' wins: the kernel, which ran
 * out of memory; the cluster, which took the pod away; the leg's script, which saw the step, unless its daemon had crashed.
 */
final class LegFaults {
    /** Exit code of {@code timeout(1)}, which {@code images/builder/trestle-leg} ends with too. */
    private static final int TIMED_OUT = 124;

    private static final int TERMINATED = 143;

    private LegFaults() {}

    /** @return how a pod failed that has ended without an image, or that the cluster deletes; empty when nothing says that it failed */
    static Optional<LegFailure> of(Pod pod) {
        var told = LegContainers.buildEnd(pod).map(LegFaults::told);
        return outOfMemory(pod)
                .or(() -> ClusterEnd.of(pod))
                .or(() -> told.filter(LegFaults::mayBeTheDaemon).flatMap(_ -> daemonCrashed(pod)))
                .map(cause -> told.map(seen -> seen.as(cause.reason(), cause.message()))
                        .orElse(cause))
                .or(() -> told)
                .map(failure -> failure.on(nodeOf(pod)));
    }

    static @Nullable String nodeOf(Pod pod) {
        return Optional.ofNullable(pod.getSpec()).map(PodSpec::getNodeName).orElse(null);
    }

    /** BuildKit runs its steps in its own container's cgroup, so a step's lack of memory shows there. */
    private static Optional<LegFailure> outOfMemory(Pod pod) {
        var killed = LegContainers.daemonEnd(pod)
                .filter(LegContainers::isOutOfMemory)
                .map(_ -> "BuildKit or one of its steps")
                .or(() -> LegContainers.buildEnd(pod)
                        .filter(LegContainers::isOutOfMemory)
                        .map(_ -> "The build container"));
        return killed.map(who ->
                LegFailure.of(FailureReason.OutOfMemory, null, who + " was killed for want of memory (OOMKilled)."));
    }

    private static Optional<LegFailure> daemonCrashed(Pod pod) {
        return LegContainers.daemonEnd(pod)
                .map(end -> LegFailure.of(
                        FailureReason.BuilderCrashed,
                        null,
                        "BuildKit's daemon ended with exit code %d (%s) during the build."
                                .formatted(
                                        end.getExitCode(), Objects.requireNonNullElse(end.getReason(), "no reason"))));
    }

    /** To its client a daemon that has crashed looks like any other trouble with a connection. */
    private static boolean mayBeTheDaemon(LegFailure told) {
        return told.failureClass() == FailureClass.Infrastructure && told.reason() != FailureReason.RateLimited;
    }

    private static LegFailure told(ContainerStateTerminated end) {
        var failure = LegResult.parse(end.getMessage()).map(LegResult::failure).filter(Objects::nonNull);
        return failure.map(known -> known.toLegFailure(byExitCode(end))).orElseGet(() -> silent(end));
    }

    private static LegFailure silent(ContainerStateTerminated end) {
        var message = end.getExitCode() == 0
                ? "The build container ended well but left no digest in its termination message."
                : "The build container ended with exit code %d (%s) and left no result."
                        .formatted(end.getExitCode(), Objects.requireNonNullElse(end.getReason(), "no reason"));
        return LegFailure.of(byExitCode(end), end.getExitCode(), message);
    }

    /** Exit codes of {@code images/builder/trestle-leg}. */
    private static FailureReason byExitCode(ContainerStateTerminated end) {
        return switch (end.getExitCode()) {
            case 1 -> FailureReason.BuildFailed;
            case 3 -> FailureReason.EmulationRefused;
            case TIMED_OUT -> FailureReason.BuildTimeout;
            case TERMINATED -> FailureReason.Interrupted;
            default -> FailureReason.Unknown;
        };
    }
}
