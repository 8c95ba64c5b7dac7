package dev.trestle.core.observe;

import dev.trestle.api.FailureReason;
import dev.trestle.api.LegFailure;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A pod whose node is not heard of. Kubernetes evicts it after five minutes, unless it tolerates that without a time, as with
 * {@code operator: Exists} alone; then it stays {@code Running} for ever. The node controller marks such pods as not {@code Ready} and
 * leaves {@code ContainersReady} as the kubelet has set it, which no kubelet does to a pod without readiness gates.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/architecture/nodes/#node-controller">Node controller</a>
 */
public final class SilentNode {
    /** As long as Kubernetes waits with its own default tolerations. */
    static final Duration PATIENCE = Duration.ofMinutes(5);

    private SilentNode() {}

    /** Since when the pod's node is not heard of; empty while it is. */
    public static Optional<Instant> since(Pod pod) {
        return PodConditions.find(pod, "ContainersReady", "True")
                .flatMap(_ -> PodConditions.find(pod, "Ready", "False"))
                .filter(ready -> !"ReadinessGatesNotReady".equals(ready.getReason()))
                .map(PodCondition::getLastTransitionTime)
                .map(Instant::parse);
    }

    static PhaseDeadline deadline(Instant since) {
        return new PhaseDeadline(
                since.plus(PATIENCE),
                LegFailure.of(
                        FailureReason.NodeLost,
                        null,
                        "The pod's node has not been heard of for %d minutes, and the pod tolerates that without a time."
                                .formatted(PATIENCE.toMinutes())));
    }
}
