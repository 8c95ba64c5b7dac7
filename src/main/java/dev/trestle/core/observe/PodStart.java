package dev.trestle.core.observe;

import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.Volume;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Why a pod that has not started does not start, in the words of the scheduler or the kubelet. */
public final class PodStart {
    /** Volumes are mounted and the network is set up long before. The kubelet itself waits for two minutes until it says so, in an event. */
    static final Duration PREPARATION = Duration.ofSeconds(20);

    private static final int LONGEST = 800;

    private PodStart() {}

    /**
     * The obstacle that keeps the pod from starting.
     *
     * @return one sentence or more, each with a full stop; empty while nothing says that it is held up
     */
    public static Optional<String> heldUp(Pod pod, Instant now) {
        return unschedulable(pod)
                .or(() -> LegContainers.waiting(pod).map(PodStart::waiting))
                .or(() -> unprepared(pod, now))
                .map(PodStart::sentence);
    }

    /** When to look again, since a node that is not able to prepare a pod sends no news of it. */
    public static Optional<Instant> lookAgainAt(Pod pod, Instant now) {
        return unpreparedSince(pod).map(since -> since.plus(PREPARATION)).filter(now::isBefore);
    }

    /** Why the scheduler has no place for it. */
    static Optional<String> unschedulable(Pod pod) {
        return PodConditions.find(pod, "PodScheduled", "False")
                .map(condition -> "No node takes the pod: " + condition.getMessage());
    }

    private static String waiting(ContainerStateWaiting waiting) {
        return "%s: %s".formatted(waiting.getReason(), waiting.getMessage());
    }

    private static Optional<String> unprepared(Pod pod, Instant now) {
        return unpreparedSince(pod)
                .filter(since -> !since.plus(PREPARATION).isAfter(now))
                .map(_ -> "Its node has not prepared the pod: volumes or the network are missing." + secrets(pod)
                        + " The node's words: kubectl describe pod %s -n %s"
                                .formatted(
                                        pod.getMetadata().getName(),
                                        pod.getMetadata().getNamespace()));
    }

    /**
     * The sandbox of a pod is made once its volumes are there.
     *
     * @see <a href="https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-has-network">PodReadyToStartContainers</a>
     */
    private static Optional<Instant> unpreparedSince(Pod pod) {
        return PodConditions.find(pod, "PodReadyToStartContainers", "False")
                .filter(_ -> "Pending".equals(pod.getStatus().getPhase()))
                .flatMap(_ -> scheduledAt(pod));
    }

    static Optional<Instant> scheduledAt(Pod pod) {
        return PodConditions.find(pod, "PodScheduled", "True")
                .map(PodCondition::getLastTransitionTime)
                .map(Instant::parse);
    }

    /** The kubelet tells of a Secret that is not there by an event alone, and the operator reads neither. */
    static String secrets(Pod pod) {
        var mounted = Optional.ofNullable(pod.getSpec()).map(spec -> spec.getVolumes()).orElse(List.of()).stream()
                .map(Volume::getSecret)
                .filter(Objects::nonNull)
                .map(secret -> "'" + secret.getSecretName() + "'")
                .toList();
        return mounted.isEmpty()
                ? ""
                : " It mounts Secret %s: check that it is in namespace '%s' and has the keys of its type."
                        .formatted(String.join(", ", mounted), pod.getMetadata().getNamespace());
    }

    private static String sentence(String text) {
        var cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
        return cut.endsWith(".") || cut.endsWith("…") || cut.contains("kubectl") ? cut : cut + ".";
    }
}
