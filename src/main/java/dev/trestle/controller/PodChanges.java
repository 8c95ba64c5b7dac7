package dev.trestle.controller;

import dev.trestle.core.observe.SilentNode;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which changes of a pod can change a decision: the kubelet's other news would only cost passes that do nothing. */
final class PodChanges {
    private static final Set<String> TELLING = Set.of("PodScheduled", "DisruptionTarget", "TerminationTarget");

    private PodChanges() {}

    static boolean matter(Pod now, Pod before) {
        return !facts(now).equals(facts(before));
    }

    private static List<String> facts(Pod pod) {
        var facts = new ArrayList<String>();
        facts.add(String.valueOf(pod.getMetadata().getDeletionTimestamp()));
        if (pod.getStatus() == null) {
            return facts;
        }
        facts.add(Objects.requireNonNullElse(pod.getStatus().getReason(), ""));
        facts.add(String.valueOf("Failed".equals(pod.getStatus().getPhase())));
        pod.getStatus().getConditions().stream()
                .filter(condition -> TELLING.contains(condition.getType()))
                .forEach(condition -> facts.add(
                        condition.getType() + condition.getStatus() + condition.getReason() + condition.getMessage()));
        SilentNode.since(pod).ifPresent(since -> facts.add("silent since " + since));
        statuses(pod).map(PodChanges::fact).forEach(facts::add);
        return facts;
    }

    private static Stream<ContainerStatus> statuses(Pod pod) {
        return Stream.concat(
                pod.getStatus().getInitContainerStatuses().stream(), pod.getStatus().getContainerStatuses().stream());
    }

    private static String fact(ContainerStatus status) {
        return status.getName() + fact(status.getState()) + before(status.getLastState());
    }

    /** BuildKit's daemon is started again when it has crashed. */
    private static String before(@Nullable ContainerState state) {
        return state == null || state.getTerminated() == null ? "" : " again, after " + fact(state);
    }

    private static String fact(@Nullable ContainerState state) {
        if (state == null) {
            return "";
        }
        var terminated = state.getTerminated();
        if (terminated != null) {
            return " terminated %d %s".formatted(terminated.getExitCode(), terminated.getReason());
        }
        return state.getRunning() != null
                ? " running"
                : " waiting "
                        + (state.getWaiting() == null ? "" : state.getWaiting().getReason());
    }
}
