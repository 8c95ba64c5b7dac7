package dev.trestle.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The tests that go to a limit of docs/threat-model.md and beyond it, once more in the operator's own JVM with its flags and its heap. Those
 * of git are in {@code HostileRepositoriesTest}.
 */
class ShippedLimitsTest {
    private static final Duration LONGEST = Duration.ofMinutes(4);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev.trestle.core.inputs.CopiedPathsTest",
                "dev.trestle.core.inputs.GlobTest",
                "dev.trestle.core.inputs.GlobChoiceTest",
                "dev.trestle.dockerfile.DockerfileProgramTest",
                "dev.trestle.dockerfile.KnownReadsTest",
                "dev.trestle.registry.ChallengeTest",
                "dev.trestle.registry.DockerCredentialsTest",
                "dev.trestle.registry.RegistryLoginTest",
                "dev.trestle.registry.UpstreamClientTest",
                "dev.trestle.runtime.WebhookEndpointTest"
            })
    void theLimitsHoldInTheShippedJvm(String tests) throws Exception {
        var ended = ShippedJvm.run(RunsTests.class, LONGEST, tests);

        assertThat(ended.exitCode()).as(ended.errors()).isZero();
        assertThat(ended.output().lines().toList().getLast()).as(ended.errors()).matches("([1-9]\\d*) of \\1");
    }
}
