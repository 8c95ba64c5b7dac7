package dev.trestle.core.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ContainerTimesTest {
    private static final String CREATED = "2026-11-21T11:00:00Z";
    private static final String TAKEN = "2026-11-21T11:00:05Z";
    private static final String TOLD = "2026-11-21T11:00:09Z";
    private static final Pod NOBODYS = new PodBuilder()
            .withNewMetadata()
            .withCreationTimestamp(CREATED)
            .endMetadata()
            .build();
    private static final Pod POD = new PodBuilder(NOBODYS)
            .withNewStatus()
            .withStartTime(TAKEN)
            .endStatus()
            .build();

    static Stream<Arguments> states() {
        return Stream.of(
                arguments("what is told stays: an end", ended(TOLD), POD, ended(TOLD)),
                arguments("what is told stays: a start", running(TOLD), POD, running(TOLD)),
                arguments("an end that was lost is not before its pod's start", ended(null), POD, ended(TAKEN)),
                arguments("a start that was lost is not before its pod's", running(null), POD, running(TAKEN)),
                arguments("nor before the pod's creation", ended(null), NOBODYS, ended(CREATED)),
                arguments("who waits has no times", new ContainerState(), POD, new ContainerState()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("states")
    void missingTimesAreThePods(String why, ContainerState told, Pod pod, ContainerState complete) {
        assertThat(ContainerTimes.complete(told, pod)).isEqualTo(complete);
    }

    private static ContainerState ended(@Nullable String at) {
        return new ContainerStateBuilder()
                .withNewTerminated()
                .withExitCode(0)
                .withFinishedAt(at)
                .endTerminated()
                .build();
    }

    private static ContainerState running(@Nullable String at) {
        return new ContainerStateBuilder()
                .withNewRunning()
                .withStartedAt(at)
                .endRunning()
                .build();
    }
}
