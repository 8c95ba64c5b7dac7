package dev.trestle.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildStatus;
import dev.trestle.api.BackendBuildStatusBuilder;
import dev.trestle.api.BuiltLeg;
import dev.trestle.api.BuiltLegBuilder;
import dev.trestle.api.FailureReason;
import dev.trestle.api.Input;
import dev.trestle.api.LegFailure;
import dev.trestle.api.LegState;
import dev.trestle.api.LegStatus;
import dev.trestle.api.LegStatusBuilder;
import dev.trestle.api.PublishedImage;
import dev.trestle.api.PublishedImageBuilder;
import dev.trestle.core.Labels;
import dev.trestle.core.Sources;
import dev.trestle.core.config.Configuration;
import dev.trestle.core.plan.BaseView;
import dev.trestle.core.plan.Claims;
import dev.trestle.core.plan.Snapshot;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MetersTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String DIGEST = "sha256:" + "1".repeat(64);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Meters meters = new Meters(registry);

    @Test
    void legsAreCountedByStateOverAllBuilds() {
        var builds = new ArrayList<>(List.of(new BackendBuild(), aBuild(built()), aBuild(built(), failed())));
        meters.countLegs(builds::stream);

        assertThat(legs(LegState.Built)).isEqualTo(2);
        assertThat(legs(LegState.Failed)).isEqualTo(1);
        assertThat(legs(LegState.Queued)).isZero();

        builds.clear();
        assertThat(legs(LegState.Built)).as("after all builds are gone").isZero();
    }

    @Test
    void aLegThatWasBuiltIsTimedOnce() {
        var after = status(null, built());
        meters.passed(snapshot(status(null), aPod()), after);
        meters.passed(snapshot(after, aPod()), after);

        assertThat(timer("trestle.leg.queue.wait", "pool", "arm", "platform", "linux/arm64"))
                .satisfies(times(1, 10));
        assertThat(timer("trestle.leg.build", "pool", "arm", "platform", "linux/arm64", "result", "succeeded"))
                .satisfies(times(1, 40));
    }

    @Test
    void soIsALegThatFailed() {
        var after = status(null, failed());
        meters.passed(snapshot(status(null), aPod()), after);
        meters.passed(snapshot(after, aPod()), after);

        assertThat(timer("trestle.leg.build", "result", "failed")).satisfies(times(1, 40));
    }

    @Test
    void aLegWhosePodIsGoneHasNoTimes() {
        meters.passed(snapshot(status(null)), status(null, built()));

        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void aMergeLagsBehindItsLastLeg() {
        var legs = new LegStatus[] {builtAt("11:00:50"), builtAt("11:00:10")};
        meters.passed(snapshot(status(null, legs)), status(published("11:00:53"), legs));

        assertThat(timer("trestle.merge.lag")).satisfies(times(1, 3));
    }

    @Test
    void anImageThatWasPublishedBeforeIsTimedNoMore() {
        var after = status(published("11:00:53"), built());
        meters.passed(snapshot(after), after);

        assertThat(registry.find("trestle.merge.lag").timer()).isNull();
    }

    /** Clocks of two nodes may disagree. */
    @Test
    void aLagBelowNothingIsNone() {
        meters.passed(snapshot(status(null, built())), status(published("11:00:49"), built()));

        assertThat(registry.find("trestle.merge.lag").timer()).isNull();
    }

    private double legs(LegState state) {
        return registry.get("trestle.legs").tag("state", state.name()).gauge().value();
    }

    private Timer timer(String name, String... tags) {
        return registry.get(name).tags(tags).timer();
    }

    private static Consumer<Timer> times(int count, double seconds) {
        return timer -> {
            assertThat(timer.count()).isEqualTo(count);
            assertThat(timer.totalTime(TimeUnit.SECONDS)).isEqualTo(seconds);
        };
    }

    private static BackendBuild aBuild(LegStatus... legs) {
        var build = new BackendBuild();
        build.setStatus(status(null, legs));
        return build;
    }

    private static Snapshot snapshot(BackendBuildStatus before, Pod... pods) {
        var build = new BackendBuild();
        build.setStatus(before);
        var configuration = new Configuration(
                "builder",
                "merge",
                new Configuration.Git(60),
                new Configuration.Upstream(60),
                List.of(),
                List.of(),
                Configuration.Untrusted.DEFAULT,
                3);
        return new Snapshot(
                build,
                Sources.at("1f3a"),
                new BaseView.None(),
                Claims.NONE,
                Optional.empty(),
                List.of(pods),
                List.of(),
                Optional.empty(),
                configuration,
                NOW);
    }

    private static BackendBuildStatus status(@Nullable PublishedImage image, LegStatus... legs) {
        return BackendBuildStatusBuilder.builder()
                .observedGeneration(1L)
                .legs(List.of(legs))
                .image(image)
                .build();
    }

    private static LegStatus built() {
        return builtAt("11:00:50");
    }

    private static LegStatus builtAt(String time) {
        var image = BuiltLegBuilder.builder()
                .fingerprint("f1")
                .digest(DIGEST)
                .finishedAt("2026-11-21T" + time + "Z")
                .inputsVersion(Input.VERSION)
                .build();
        return leg(LegState.Built, null, image);
    }

    private static LegStatus failed() {
        return leg(LegState.Failed, LegFailure.of(FailureReason.StepFailed, 1, "no"), null);
    }

    private static LegStatus leg(LegState state, @Nullable LegFailure failure, @Nullable BuiltLeg built) {
        return LegStatusBuilder.builder()
                .platform("linux/arm64")
                .state(state)
                .pod("app-arm64-1")
                .failure(failure)
                .built(built)
                .build();
    }

    /** Ten seconds in the queue, forty at work. */
    private static Pod aPod() {
        return new PodBuilder()
                .withNewMetadata()
                .withName("app-arm64-1")
                .addToLabels(Labels.POOL, "arm")
                .withCreationTimestamp("2026-11-21T11:00:00Z")
                .endMetadata()
                .withNewStatus()
                .addNewContainerStatus()
                .withName("build")
                .withNewState()
                .withNewTerminated()
                .withStartedAt("2026-11-21T11:00:10Z")
                .withFinishedAt("2026-11-21T11:00:50Z")
                .endTerminated()
                .endState()
                .endContainerStatus()
                .endStatus()
                .build();
    }

    private static PublishedImage published(String time) {
        return PublishedImageBuilder.builder()
                .digest(DIGEST)
                .repositories(List.of("quay.io/acme/app"))
                .publishedAt("2026-11-21T" + time + "Z")
                .build();
    }
}
