package dev.trestle.core.admit;

import dev.trestle.core.Labels;
import dev.trestle.core.inputs.Cause;
import dev.trestle.core.observe.LegOutcome;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;

/** A leg that takes a place in its pool. */
public record RunningLeg(PodKey pod, String pool, Cause cause) {
    /** @return empty when the pod takes no place: its build has ended */
    public static Optional<RunningLeg> of(Pod pod) {
        var labels = pod.getMetadata().getLabels();
        var pool = labels.get(Labels.POOL);
        if (pool == null || LegOutcome.hasEnded(pod)) {
            return Optional.empty();
        }
        return Optional.of(new RunningLeg(
                new PodKey(pod.getMetadata().getNamespace(), pod.getMetadata().getName()),
                pool,
                Cause.labelled(labels.getOrDefault(Labels.CAUSE, ""))));
    }
}
