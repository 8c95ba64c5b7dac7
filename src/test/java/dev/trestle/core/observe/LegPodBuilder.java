package dev.trestle.core.observe;

import dev.trestle.core.render.LegPod;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateTerminatedBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import org.jspecify.annotations.Nullable;

/** A leg's pod as the kubelet and the scheduler report it: {@code aPod().ended(1, "Error", message).deleted().build()}. */
final class LegPodBuilder {
    static final String NODE = "node-1";
    static final String CREATED = "2026-11-21T12:00:00Z";
    static final String STARTED = "2026-11-21T12:00:02Z";
    static final String ENDED = "2026-11-21T12:00:30Z";

    private final PodBuilder pod = new PodBuilder()
            .withNewMetadata()
            .withName("app-amd64-1f3a9c-1")
            .withNamespace("shop")
            .withCreationTimestamp(CREATED)
            .endMetadata()
            .withNewSpec()
            .withNodeName(NODE)
            .withTerminationGracePeriodSeconds(10L)
            .endSpec()
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

    /** A node has taken it. */
    LegPodBuilder scheduled() {
        return condition("PodScheduled", "", STARTED);
    }

    LegPodBuilder scheduledAt(String at) {
        return condition("PodScheduled", "", at);
    }

    /** No node has taken it. */
    LegPodBuilder unplaced() {
        pod.editSpec().withNodeName(null).endSpec();
        return this;
    }

    /** Its node has not made its sandbox. */
    LegPodBuilder unprepared() {
        pod.editStatus()
                .withPhase("Pending")
                .addNewCondition()
                .withType("PodReadyToStartContainers")
                .withStatus("False")
                .endCondition()
                .endStatus();
        return this;
    }

    /** The node controller has not heard of its node since then. */
    LegPodBuilder silentSince(String at) {
        pod.editStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus("False")
                .withLastTransitionTime(at)
                .endCondition()
                .endStatus();
        return condition("ContainersReady", "", STARTED);
    }

    /** Kueue takes its place away. */
    LegPodBuilder evictedByKueue(String reason) {
        return condition("TerminationTarget", reason, ENDED);
    }

    LegPodBuilder finalizer(String name) {
        pod.editMetadata().addToFinalizers(name).endMetadata();
        return this;
    }

    LegPodBuilder mounting(String secret) {
        pod.editSpec()
                .addNewVolume()
                .withName(secret)
                .withNewSecret()
                .withSecretName(secret)
                .endSecret()
                .endVolume()
                .endSpec();
        return this;
    }

    /** The cluster means to end it, or has. */
    LegPodBuilder disrupted(String reason, String message) {
        return condition("DisruptionTarget", reason, ENDED).message(message);
    }

    private LegPodBuilder condition(String type, String reason, String at) {
        pod.editStatus()
                .addNewCondition()
                .withType(type)
                .withStatus("True")
                .withReason(reason)
                .withLastTransitionTime(at)
                .endCondition()
                .endStatus();
        return this;
    }

    private LegPodBuilder message(String message) {
        pod.editStatus().editLastCondition().withMessage(message).endCondition().endStatus();
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

    /** BuildKit's daemon runs, after it had ended so. */
    LegPodBuilder daemonStartedAgain(int exitCode, String reason) {
        return daemon(new ContainerStatusBuilder()
                .withNewState()
                .withNewRunning()
                .withStartedAt(ENDED)
                .endRunning()
                .endState()
                .withNewLastState()
                .withTerminated(end(exitCode, reason, ENDED))
                .endLastState());
    }

    /** BuildKit's daemon has ended, at that time, and does not run again. */
    LegPodBuilder daemonEnded(int exitCode, String reason, String at) {
        return daemon(new ContainerStatusBuilder()
                .withNewState()
                .withTerminated(end(exitCode, reason, at))
                .endState());
    }

    private LegPodBuilder daemon(ContainerStatusBuilder status) {
        pod.editStatus()
                .addToInitContainerStatuses(
                        status.withName(LegPod.DAEMON_CONTAINER).build())
                .endStatus();
        return this;
    }

    private static ContainerStateTerminated end(int exitCode, String reason, String at) {
        return new ContainerStateTerminatedBuilder()
                .withExitCode(exitCode)
                .withReason(reason)
                .withFinishedAt(at)
                .build();
    }

    /** Its node, or a deadline, ended the whole pod. */
    LegPodBuilder failed(@Nullable String reason, @Nullable String message) {
        pod.editStatus()
                .withPhase("Failed")
                .withReason(reason)
                .withMessage(message)
                .endStatus();
        return this;
    }

    LegPodBuilder deleted() {
        return deletedAt(ENDED);
    }

    /** @param at when its grace is over, as the API server has it */
    LegPodBuilder deletedAt(String at) {
        pod.editMetadata().withDeletionTimestamp(at).endMetadata();
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
