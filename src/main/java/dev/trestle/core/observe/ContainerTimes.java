package dev.trestle.core.observe;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.Optional;

/** A kubelet that has lost a container, in a crash of its node or of its runtime, reports the container's state without times. */
final class ContainerTimes {
    private ContainerTimes() {}

    /** The same state, with the start of its pod for the times that are missing. */
    static ContainerState complete(ContainerState state, Pod pod) {
        if (state.getRunning() != null && state.getRunning().getStartedAt() == null) {
            return new ContainerStateBuilder(state)
                    .editRunning()
                    .withStartedAt(startOf(pod))
                    .endRunning()
                    .build();
        }
        if (state.getTerminated() != null && state.getTerminated().getFinishedAt() == null) {
            return new ContainerStateBuilder(state)
                    .editTerminated()
                    .withFinishedAt(startOf(pod))
                    .endTerminated()
                    .build();
        }
        return state;
    }

    /** When the pod was taken by its node, or created when no node has said so. */
    static String startOf(Pod pod) {
        return Optional.ofNullable(pod.getStatus())
                .map(PodStatus::getStartTime)
                .orElseGet(() -> pod.getMetadata().getCreationTimestamp());
    }
}
