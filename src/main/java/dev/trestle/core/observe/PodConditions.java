package dev.trestle.core.observe;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.Optional;

/** The conditions of a pod. */
final class PodConditions {
    private PodConditions() {}

    /** @param status {@code True}, {@code False} or {@code Unknown} */
    static Optional<PodCondition> find(Pod pod, String type, String status) {
        return Optional.ofNullable(pod.getStatus()).stream()
                .flatMap(found -> found.getConditions().stream())
                .filter(condition -> condition.getType().equals(type) && status.equals(condition.getStatus()))
                .findFirst();
    }
}
