package dev.trestle.controller;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Which changes of a pod can change a decision: the kubelet's other news would only cost passes that do nothing. */
final class PodChanges {
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
                .filter(condition -> condition.getType().equals("PodScheduled"))
                .forEach(condition -> facts.add(condition.getStatus() + condition.getMessage()));
        statuses(pod).map(PodChanges::fact).forEach(facts::add);
        return facts;
    }

    private static Stream<ContainerStatus> statuses(Pod pod) {
        return Stream.concat(
                pod.getStatus().getInitContainerStatuses().stream(), pod.getStatus().getContainerStatuses().stream());
    }

    private static String fact(ContainerStatus status) {
        var state = status.getState();
        if (state == null) {
            return status.getName();
        }
        if (state.getTerminated() != null) {
            return status.getName() + " terminated " + state.getTerminated().getExitCode();
        }
        return state.getRunning() != null
                ? status.getName() + " running"
                : status.getName() + " waiting "
                        + (state.getWaiting() == null ? "" : state.getWaiting().getReason());
    }
}
