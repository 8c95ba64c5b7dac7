package dev.trestle.core.observe;

import dev.trestle.core.render.LegPod;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The two containers of a leg's pod, as the kubelet reports them. */
final class LegContainers {
    private LegContainers() {}

    static Optional<ContainerState> build(Pod pod) {
        return named(LegPod.BUILD_CONTAINER, pod)
                .map(ContainerStatus::getState)
                .map(state -> ContainerTimes.complete(state, pod));
    }

    static Optional<ContainerStateTerminated> buildEnd(Pod pod) {
        return build(pod).map(ContainerState::getTerminated);
    }

    /** How BuildKit's daemon ended before the build did: the kubelet starts it again, and keeps its last end. */
    static Optional<ContainerStateTerminated> daemonEnd(Pod pod) {
        var daemon = named(LegPod.DAEMON_CONTAINER, pod);
        return daemon.map(ContainerStatus::getLastState)
                .map(ContainerState::getTerminated)
                .or(() -> daemon.map(ContainerStatus::getState)
                        .map(ContainerState::getTerminated)
                        .filter(end -> isOutOfMemory(end) || endedBeforeBuild(end, pod)));
    }

    static boolean isOutOfMemory(ContainerStateTerminated end) {
        return "OOMKilled".equals(end.getReason());
    }

    /** The reason why the first container that does not run yet waits. */
    static Optional<ContainerStateWaiting> waiting(Pod pod) {
        return all(pod).map(ContainerStatus::getState)
                .filter(Objects::nonNull)
                .map(ContainerState::getWaiting)
                .filter(waiting -> waiting != null && waiting.getMessage() != null)
                .findFirst();
    }

    private static boolean endedBeforeBuild(ContainerStateTerminated daemon, Pod pod) {
        return buildEnd(pod)
                .filter(build -> daemon.getFinishedAt() != null && build.getFinishedAt() != null)
                .filter(build -> daemon.getFinishedAt().compareTo(build.getFinishedAt()) < 0)
                .isPresent();
    }

    private static Optional<ContainerStatus> named(String name, Pod pod) {
        return all(pod).filter(status -> status.getName().equals(name)).findFirst();
    }

    private static Stream<ContainerStatus> all(Pod pod) {
        var status = pod.getStatus();
        return status == null
                ? Stream.empty()
                : Stream.concat(status.getInitContainerStatuses().stream(), status.getContainerStatuses().stream());
    }
}
