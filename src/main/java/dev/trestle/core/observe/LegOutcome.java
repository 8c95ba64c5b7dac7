package dev.trestle.core.observe;

import dev.trestle.api.FailureReason;
import dev.trestle.api.LegFailure;
import dev.trestle.core.config.Deadlines;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.Optional;

/**
 * The outcome of a leg, as its pod reports it. The build container's {@code terminated} state decides: it is there seconds before the
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

    /** @param now tells whether a deadline of the pod's phase has passed */
    static LegOutcome of(Pod pod, Deadlines deadlines, Instant now) {
        var image = pushed(pod);
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            var failure = image.isPresent() ? Optional.<LegOutcome>empty() : failed(pod, deadlines, now);
            return failure.or(() -> heldByFinalizer(pod)).orElseGet(Ending::new);
        }
        return image.or(() -> failed(pod, deadlines, now)).orElseGet(() -> onTheWay(pod, now));
    }

    /**
     * Whether the pod builds no more, for any reason. One that is being deleted builds until its container has ended, or until its
     * node is given up: no report comes then.
     */
    static boolean hasEnded(Pod pod) {
        var phase = pod.getStatus() == null ? "" : pod.getStatus().getPhase();
        return LegContainers.buildEnd(pod).isPresent()
                || "Failed".equals(phase)
                || "Succeeded".equals(phase)
                || (pod.getMetadata().getDeletionTimestamp() != null
                        && (ClusterEnd.isNodeLost(pod) || wasNeverPlaced(pod)));
    }

    /** No node has taken it, and once it is deleted none will: only a finalizer keeps it. */
    private static boolean wasNeverPlaced(Pod pod) {
        return !pod.getMetadata().getFinalizers().isEmpty()
                && pod.getSpec() != null
                && pod.getSpec().getNodeName() == null
                && LegContainers.build(pod).isEmpty();
    }

    /** When the pod had pushed its image, though it is being deleted: one that is cancelled too late has taken the anchor. */
    static Optional<Instant> pushedAt(Pod pod) {
        return LegContainers.buildEnd(pod)
                .filter(terminated -> terminated.getExitCode() == 0)
                .map(terminated -> Instant.parse(terminated.getFinishedAt()));
    }

    /** The registry that answered 429 until the leg gave up, as its script tells. */
    static Optional<String> limitedBy(Pod pod) {
        return LegContainers.buildEnd(pod)
                .filter(end -> end.getExitCode() != 0)
                .flatMap(_ -> LegFaults.of(pod))
                .filter(failure -> failure.reason() == FailureReason.RateLimited)
                .map(LegFailure::registry);
    }

    /** When the pod's build has ended, or its end was decided; its creation when nothing tells. */
    static Instant endOf(Pod pod) {
        return Instant.parse(endedAt(pod));
    }

    private static Optional<LegOutcome> pushed(Pod pod) {
        return LegContainers.buildEnd(pod)
                .filter(end -> end.getExitCode() == 0)
                .flatMap(end -> LegResult.parse(end.getMessage()).flatMap(result -> pushed(result, end)));
    }

    private static Optional<LegOutcome> pushed(LegResult result, ContainerStateTerminated end) {
        return result.validDigest()
                .map(digest -> new Succeeded(
                        digest,
                        end.getFinishedAt(),
                        LegResult.amount(result.seconds()),
                        LegResult.amount(result.steps()),
                        LegResult.amount(result.cachedSteps())));
    }

    /**
     * A pod that was deleted and builds no more may stay for as long as another controller's finalizer says, as Kueue's does: it is given up,
     * and the next attempt has another name.
     */
    private static Optional<LegOutcome> heldByFinalizer(Pod pod) {
        var finalizers = pod.getMetadata().getFinalizers();
        return finalizers.isEmpty() || !hasEnded(pod)
                ? Optional.empty()
                : Optional.of(new Failed(
                        LegFailure.of(
                                        FailureReason.Interrupted,
                                        null,
                                        "The pod was deleted, and the finalizer '%s' keeps it."
                                                .formatted(finalizers.getFirst()))
                                .on(LegFaults.nodeOf(pod)),
                        pod.getMetadata().getDeletionTimestamp()));
    }

    /** A pod that is deleted has not failed: its containers end because of that. */
    private static Optional<LegOutcome> failed(Pod pod, Deadlines deadlines, Instant now) {
        var byHand = pod.getMetadata().getDeletionTimestamp() != null;
        var failure = byHand ? ClusterEnd.of(pod).flatMap(_ -> LegFaults.of(pod)) : LegFaults.of(pod);
        return failure.<LegOutcome>map(found -> new Failed(found, endedAt(pod)))
                .or(() -> endedSilently(pod))
                .or(() -> PhaseDeadline.of(pod, deadlines)
                        .filter(deadline -> deadline.isOver(pod, now))
                        .map(deadline -> new Failed(
                                deadline.failure().on(LegFaults.nodeOf(pod)),
                                deadline.at().toString())));
    }

    private static Optional<LegOutcome> endedSilently(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null && hasEnded(pod)
                ? Optional.of(new Failed(
                        LegFailure.of(FailureReason.Unknown, null, "The pod has ended, and nothing says how.")
                                .on(LegFaults.nodeOf(pod)),
                        endedAt(pod)))
                : Optional.empty();
    }

    private static String endedAt(Pod pod) {
        return LegContainers.buildEnd(pod)
                .map(ContainerStateTerminated::getFinishedAt)
                .or(() -> ClusterEnd.decidedAt(pod))
                .orElseGet(() -> ContainerTimes.startOf(pod));
    }

    private static LegOutcome onTheWay(Pod pod, Instant now) {
        return LegContainers.build(pod)
                .map(ContainerState::getRunning)
                .<LegOutcome>map(running -> new Building(running.getStartedAt()))
                .orElseGet(() -> new Queued(PodStart.heldUp(pod, now)));
    }
}
