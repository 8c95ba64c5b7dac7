package dev.trestle.core.observe;

import dev.trestle.api.FailureReason;
import dev.trestle.api.LegFailure;
import dev.trestle.api.Schema;
import dev.trestle.core.Text;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why the cluster ended a pod, if it did. A pod that a user deletes has neither a reason nor a condition of these.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/pods/disruptions/#pod-disruption-conditions">Pod disruption conditions</a>
 */
final class ClusterEnd {
    /** The kubelet's words for a pod that used more than its own volumes allow: pkg/kubelet/eviction/helpers.go. */
    private static final Pattern OWN_LIMIT =
            Pattern.compile("exceeds the (total )?limit|exceeded its local ephemeral storage limit");

    private ClusterEnd() {}

    static Optional<LegFailure> of(Pod pod) {
        if (pod.getStatus() == null) {
            return Optional.empty();
        }
        return byPhase(pod).or(() -> byCondition(pod));
    }

    /** When the cluster decided it. */
    static Optional<String> decidedAt(Pod pod) {
        return disruption(pod).map(PodCondition::getLastTransitionTime);
    }

    /** Whether the pod's node is silent, so that the end of its containers will not be reported. */
    static boolean isNodeLost(Pod pod) {
        return disruption(pod)
                .map(PodCondition::getReason)
                .filter(reason -> reason.equals("DeletionByTaintManager") || reason.equals("DeletionByPodGC"))
                .isPresent();
    }

    private static Optional<LegFailure> byPhase(Pod pod) {
        var status = pod.getStatus();
        return "Failed".equals(status.getPhase()) && status.getReason() != null
                ? Optional.of(failure(
                        ofPodReason(status.getReason(), text(status.getMessage())),
                        status.getReason(),
                        status.getMessage()))
                : Optional.empty();
    }

    /** The condition comes first; only with the deletion or the end is it more than an intention. */
    private static Optional<LegFailure> byCondition(Pod pod) {
        var comesTrue = pod.getMetadata().getDeletionTimestamp() != null
                || "Failed".equals(pod.getStatus().getPhase());
        return disruption(pod)
                .filter(_ -> comesTrue)
                .map(condition -> failure(
                        ofDisruption(text(condition.getReason())),
                        text(condition.getReason()),
                        condition.getMessage()));
    }

    private static FailureReason ofPodReason(String reason, String message) {
        return switch (reason) {
            case "Evicted" -> evicted(message);
            case "DeadlineExceeded" -> FailureReason.BuildTimeout;
            case "NodeLost" -> FailureReason.NodeLost;
            case "NodeShutdown", "Shutdown", "Terminated" -> FailureReason.NodeShutdown;
            case "Preempting" -> FailureReason.Preempted;
            // NodeAffinity, UnexpectedAdmissionError, TopologyAffinityError, OutOfcpu, OutOfmemory, OutOfpods and more
            default -> FailureReason.NodeRefused;
        };
    }

    private static FailureReason evicted(String message) {
        if (OWN_LIMIT.matcher(message).find()) {
            return FailureReason.ScratchFull;
        }
        return message.contains("inodes") ? FailureReason.InodesExhausted : FailureReason.Evicted;
    }

    private static FailureReason ofDisruption(String reason) {
        return switch (reason) {
            case "PreemptionByScheduler" -> FailureReason.Preempted;
            case "DeletionByTaintManager", "DeletionByPodGC" -> FailureReason.NodeLost;
            case "Preempted", "WorkloadEvictedDueToPreempted" -> FailureReason.Preempted;
            default -> FailureReason.Evicted; // EvictionByEvictionAPI, TerminationByKubelet, StoppedByKueue
        };
    }

    /** Kueue says by {@code TerminationTarget} that it takes a pod's place away: pkg/controller/jobs/pod. */
    private static Optional<PodCondition> disruption(Pod pod) {
        return PodConditions.find(pod, "DisruptionTarget", "True")
                .or(() -> PodConditions.find(pod, "TerminationTarget", "True"));
    }

    private static LegFailure failure(FailureReason reason, String word, @Nullable String message) {
        var sentence = "The pod was ended by the cluster: %s. %s"
                .formatted(word, text(message))
                .strip();
        return LegFailure.of(reason, null, Text.atMost(Schema.LEG_MESSAGE, sentence));
    }

    private static String text(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }
}
