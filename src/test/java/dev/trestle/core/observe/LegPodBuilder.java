package dev.trestle.core.observe;

import dev.trestle.core.render.LegPod;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import org.jspecify.annotations.Nullable;

/** A leg's pod as the kubelet and the scheduler report it: {@code aPod().ended(1, "Error", message).deleted().build()}. */
final class LegPodBuilder {
    static final String CREATED = "2026-11-21T12:00:00Z";
    static final String STARTED = "2026-11-21T12:00:02Z";
    static final String ENDED = "2026-11-21T12:00:30Z";

    private final PodBuilder pod = new PodBuilder()
            .withNewMetadata()
            .withName("app-amd64-1f3a9c-1")
            .withCreationTimestamp(CREATED)
            .endMetadata()
            .withNewStatus()
            .withStartTime(STARTED)
            .endStatus();

    static LegPodBuilder aPod() {
        return new LegPodBuilder();
    }

    /** As the API server has it before anybody has looked at it. */
    static Pod unseen() {
        var pod = aPod().build();
        pod.setStatus(null);
        return pod;
    }

    LegPodBuilder unschedulable(String message) {
        pod.editStatus()
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("False")
                .withMessage(message)
                .endCondition()
                .endStatus();
        return this;
    }

    LegPodBuilder waiting(String reason, String message) {
        return container(new ContainerStateBuilder()
                .withNewWaiting()
                .withReason(reason)
                .withMessage(message)
                .endWaiting());
    }

    LegPodBuilder running() {
        return container(new ContainerStateBuilder()
                .withNewRunning()
                .withStartedAt(STARTED)
                .endRunning());
    }

    LegPodBuilder ended(int exitCode, String reason, @Nullable String message) {
        return container(new ContainerStateBuilder()
                .withNewTerminated()
                .withExitCode(exitCode)
                .withReason(reason)
                .withMessage(message)
                .withFinishedAt(ENDED)
                .endTerminated());
    }

    /** Its node, or a deadline, ended the whole pod. */
    LegPodBuilder failed(String reason, String message) {
        pod.editStatus()
                .withPhase("Failed")
                .withReason(reason)
                .withMessage(message)
                .endStatus();
        return this;
    }

    LegPodBuilder deleted() {
        pod.editMetadata().withDeletionTimestamp(ENDED).endMetadata();
        return this;
    }

    Pod build() {
        return pod.build();
    }

    private LegPodBuilder container(ContainerStateBuilder state) {
        pod.editStatus()
                .addToContainerStatuses(new ContainerStatusBuilder()
                        .withName(LegPod.BUILD_CONTAINER)
                        .withState(state.build())
                        .build())
                .endStatus();
        return this;
    }
}
