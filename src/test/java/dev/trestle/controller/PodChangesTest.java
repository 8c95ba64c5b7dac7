package dev.trestle.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PodChangesTest {

    static Stream<Arguments> mattering() {
        return Stream.of(
                row(
                        "it is being deleted",
                        running(),
                        pod -> pod.editMetadata()
                                .withDeletionTimestamp("2026-11-21T12:00:00Z")
                                .endMetadata()),
                row(
                        "no node takes it",
                        created(),
                        pod -> pod.editStatus()
                                .withConditions(scheduled("False", "0/3 nodes"))
                                .endStatus()),
                row(
                        "another reason why no node takes it",
                        unschedulable(),
                        pod -> pod.editStatus()
                                .withConditions(scheduled("False", "0/4 nodes"))
                                .endStatus()),
                row(
                        "a node takes it",
                        unschedulable(),
                        pod -> pod.editStatus()
                                .withConditions(scheduled("True", null))
                                .endStatus()),
                row("its image does not come", created(), pod -> build(pod, waiting("ImagePullBackOff"))),
                row("its build begins", created(), pod -> build(pod, startedAt("2026-11-21T12:00:00Z"))),
                row("its build ends well", running(), pod -> build(pod, ended(0))),
                row("its build ends badly", running(), pod -> build(pod, ended(1))),
                row(
                        "its builder ends under it",
                        running(),
                        pod -> pod.editStatus()
                                .withInitContainerStatuses(container("buildkitd", ended(137)))
                                .endStatus()),
                row(
                        "the cluster ends it",
                        running(),
                        pod -> pod.editStatus().withPhase("Failed").endStatus()),
                row(
                        "the cluster says why",
                        running(),
                        pod -> pod.editStatus().withReason("Evicted").endStatus()));
    }

    static Stream<Arguments> notMattering() {
        return Stream.of(
                row("nothing", running(), pod -> pod),
                row(
                        "another resource version",
                        running(),
                        pod -> pod.editMetadata().withResourceVersion("2").endMetadata()),
                row(
                        "an annotation",
                        running(),
                        pod -> pod.editMetadata().addToAnnotations("a", "b").endMetadata()),
                row(
                        "its address",
                        running(),
                        pod -> pod.editStatus()
                                .withPodIP("10.0.0.7")
                                .withHostIP("10.0.0.1")
                                .endStatus()),
                row(
                        "its phase, as long as it has not failed",
                        created(),
                        pod -> pod.editStatus().withPhase("Running").endStatus()),
                row(
                        "its phase, when its container has told the end",
                        ended(),
                        pod -> pod.editStatus().withPhase("Succeeded").endStatus()),
                row(
                        "that it is initialized and ready",
                        running(),
                        pod -> pod.editStatus()
                                .addToConditions(condition("Initialized"), condition("Ready"))
                                .endStatus()),
                row(
                        "that its containers are started and ready",
                        running(),
                        pod -> pod.editStatus()
                                .editFirstContainerStatus()
                                .withStarted(true)
                                .withReady(true)
                                .endContainerStatus()
                                .endStatus()),
                row(
                        "when it was scheduled",
                        unschedulable(),
                        pod -> pod.editStatus()
                                .editFirstCondition()
                                .withLastProbeTime("2026-11-21T12:00:09Z")
                                .endCondition()
                                .endStatus()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mattering")
    void isWorthAPass(String change, Pod before, Pod now) {
        assertThat(PodChanges.matter(now, before)).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("notMattering")
    void isNotWorthAPass(String change, Pod before, Pod now) {
        assertThat(PodChanges.matter(now, before)).isFalse();
    }

    private static Arguments row(String change, PodBuilder before, UnaryOperator<PodBuilder> then) {
        return arguments(
                change,
                before.build(),
                then.apply(new PodBuilder(before.build())).build());
    }

    private static PodBuilder created() {
        return aPod(waiting("ContainerCreating"))
                .editStatus()
                .withPhase("Pending")
                .endStatus();
    }

    private static PodBuilder unschedulable() {
        return created()
                .editStatus()
                .withConditions(scheduled("False", "0/3 nodes"))
                .endStatus();
    }

    private static PodBuilder running() {
        return aPod(startedAt("2026-11-21T12:00:00Z"))
                .editStatus()
                .withPhase("Running")
                .endStatus();
    }

    private static PodBuilder ended() {
        return aPod(ended(0)).editStatus().withPhase("Running").endStatus();
    }

    private static PodBuilder aPod(ContainerState build) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("app-amd64-1f3a9c-1")
                .withResourceVersion("1")
                .endMetadata()
                .withNewStatus()
                .withInitContainerStatuses(container("buildkitd", startedAt("2026-11-21T11:59:59Z")))
                .withContainerStatuses(container("build", build))
                .endStatus();
    }

    private static PodBuilder build(PodBuilder pod, ContainerState state) {
        return pod.editStatus().withContainerStatuses(container("build", state)).endStatus();
    }

    private static ContainerStatus container(String name, ContainerState state) {
        return new ContainerStatusBuilder().withName(name).withState(state).build();
    }

    private static ContainerState waiting(String reason) {
        return new ContainerStateBuilder()
                .withNewWaiting()
                .withReason(reason)
                .endWaiting()
                .build();
    }

    private static ContainerState startedAt(String time) {
        return new ContainerStateBuilder()
                .withNewRunning()
                .withStartedAt(time)
                .endRunning()
                .build();
    }

    private static ContainerState ended(int exitCode) {
        return new ContainerStateBuilder()
                .withNewTerminated()
                .withExitCode(exitCode)
                .endTerminated()
                .build();
    }

    private static PodCondition scheduled(String status, @Nullable String message) {
        return new PodConditionBuilder()
                .withType("PodScheduled")
                .withStatus(status)
                .withMessage(message)
                .build();
    }

    private static PodCondition condition(String type) {
        return new PodConditionBuilder().withType(type).withStatus("True").build();
    }
}
