package dev.trestle.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.trestle.api.FailureReason;
import dev.trestle.api.FailureReason.Retry;
import dev.trestle.api.LegFailure.FailureClass;
import dev.trestle.api.LostAttempt;
import dev.trestle.core.config.Pool;
import dev.trestle.runtime.ConfigurationFile;
import dev.trestle.runtime.ConfigurationFile.Invalid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RetriesTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final int CHARGED = 3;

    static Stream<Arguments> sequences() {
        return Stream.of(
                arguments("a user's error never", false, "StepFailed"),
                arguments("a denied push never", false, "PushDenied"),
                arguments("emulation never", false, "EmulationRefused"),
                arguments("a build that took too long never", false, "BuildTimeout"),
                arguments("a full queue never", false, "QueueTimeout"),
                arguments("a cancelled one never", false, "Cancelled"),
                arguments("what may be the build's fault 'retries' times", true, "Network Network Network"),
                arguments("and no more", false, "Network Network Network Network"),
                arguments("whatever the reasons", false, "Network Unknown ScratchFull SourceUnavailable"),
                arguments(
                        "the cluster's faults do not count",
                        true,
                        "Evicted NodeLost Evicted Preempted Evicted ImagePull"),
                arguments(
                        "neither before nor among others",
                        true,
                        "Evicted Network RateLimited Network DiskFull Network"),
                arguments("memory once", true, "OutOfMemory"),
                arguments("memory once, though others came first", true, "Evicted Network OutOfMemory"),
                arguments("and not twice", false, "OutOfMemory Evicted OutOfMemory"),
                arguments("after more memory all others are tried again", true, "OutOfMemory Evicted"),
                arguments("a user's error decides, whatever was before", false, "Evicted OutOfMemory StepFailed"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("sequences")
    void areDueTo(String promise, boolean again, String reasons) throws Invalid {
        assertThat(next(pool(", largerResources: {limits: {memory: 8Gi}}"), reasons.split(" ", -1)))
                .matches(at -> at.isPresent() == again);
    }

    @Test
    void withoutLargerResourcesAWantOfMemoryIsFinal() throws Invalid {
        assertThat(next(pool(""), "OutOfMemory")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void evenTheClustersFaultsEndSomeTime(FailureReason reason) throws Invalid {
        var forever = Collections.nCopies(40, reason.name()).toArray(String[]::new);

        assertThat(next(pool(", largerResources: {}"), forever)).isEmpty();
    }

    @Test
    void threeHoursOfAnEvilClusterAreSurvived() throws Invalid {
        var evictions = Collections.nCopies(Retries.MOST_FREE, "Evicted").toArray(String[]::new);
        var waited = IntStream.rangeClosed(1, evictions.length)
                .mapToObj(attempt -> Retries.backoffAfter(attempt, "app-amd64-1f3a9c-2"))
                .reduce(Duration.ZERO, Duration::plus);

        assertThat(next(pool(""), evictions)).isPresent();
        assertThat(waited).isGreaterThan(Duration.ofMinutes(150));
    }

    /** The table that people read, in docs/reasons.md: whose fault is charged to whom. */
    @Test
    void whatIsTheClustersFaultIsNotCharged() {
        assertThat(reasons(Retry.Free))
                .containsExactlyInAnyOrder(
                        "Evicted",
                        "NodeLost",
                        "NodeShutdown",
                        "NodeRefused",
                        "Preempted",
                        "ImagePull",
                        "StartTimeout",
                        "RateLimited",
                        "RegistryError",
                        "BuilderCrashed",
                        "DiskFull",
                        "InodesExhausted",
                        "Interrupted");
        assertThat(reasons(Retry.Larger)).containsExactly("OutOfMemory");
        assertThat(Stream.of(FailureReason.values())
                        .filter(reason -> reason.failureClass() == FailureClass.User)
                        .map(FailureReason::retry))
                .containsOnly(Retry.Never);
        assertThat(Stream.of(FailureReason.values())
                        .filter(FailureReason::blamesNode)
                        .map(FailureReason::retry))
                .doesNotContain(Retry.Never);
    }

    @ParameterizedTest(name = "after attempt {0}: {1} to {2} s")
    @CsvSource({"1, 10, 15", "2, 20, 30", "3, 40, 60", "6, 320, 480", "7, 600, 900", "30, 600, 900"})
    void backOffTwiceAsLongEachTime(int attempt, long least, long most) {
        var waits = IntStream.range(0, 200)
                .mapToObj(pod -> Retries.backoffAfter(attempt, "app-" + pod))
                .collect(Collectors.toSet());

        assertThat(waits)
                .as("what has failed together comes again one by one")
                .hasSizeGreaterThan(150)
                .allMatch(wait -> wait.toMillis() >= least * 1000 && wait.toMillis() <= most * 1000);
    }

    private static Set<String> reasons(Retry retry) {
        return Stream.of(FailureReason.values())
                .filter(reason -> reason.retry() == retry)
                .map(Enum::name)
                .collect(Collectors.toSet());
    }

    private static Optional<Instant> next(Pool pool, String... reasons) {
        var lost = new ArrayList<LostAttempt>();
        for (var reason : reasons) {
            lost.add(new LostAttempt(lost.size() + 1, FailureReason.valueOf(reason), NOON.toString(), "node-1", null));
        }
        return Retries.next(List.copyOf(lost), CHARGED, pool, "app-amd64-1f3a9c-2");
    }

    private static Pool pool(String more) throws Invalid {
        return ConfigurationFile.parse(
                        "{builderImage: b, mergeImage: m, pools: [{name: all, platforms: [linux/amd64]%s}]}"
                                .formatted(more))
                .pools()
                .getFirst();
    }
}
