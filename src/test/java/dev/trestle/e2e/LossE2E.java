package dev.trestle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildSpecBuilder;
import dev.trestle.api.ConditionStatus;
import dev.trestle.api.Leg;
import dev.trestle.api.LegBuilder;
import dev.trestle.api.OnLegFailure;
import dev.trestle.api.Reason;
import dev.trestle.cluster.SharesCluster;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Images of two platforms of which one is lost: the registry has it no more, or it cannot be built. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SharesCluster
class LossE2E {
    private static final String SUCCEEDS = "true";
    private static final String FAILS_FOR_ARM64 = "test $TARGETPLATFORM != linux/arm64";

    private final TestCluster cluster;
    private final TestRegistry registry = new TestRegistry();
    private final Expect expect;
    private final Gate gate;

    LossE2E() throws IOException, InterruptedException {
        cluster = TestCluster.open();
        expect = new Expect(cluster, registry);
        gate = cluster.gate();
        gate.open();
    }

    @AfterAll
    void close() {
        gate.close();
        cluster.close();
    }

    @Test
    void aLegThatTheRegistryHasLostIsBuiltAgainAlone() {
        cluster.apply(build("lost", "v1", SUCCEEDS, OnLegFailure.KeepPrevious));
        expect.ready("lost");

        registry.lose(cluster.repository("lost"), "v1", "linux/arm64");
        cluster.apply(build("lost", "v2", SUCCEEDS, OnLegFailure.KeepPrevious));
        expect.ready("lost");

        assertThat(expect.platforms("lost", "v2")).containsExactlyInAnyOrder("linux/amd64", "linux/arm64");
        assertThat(expect.podsOf("lost", "linux-arm64")).isEqualTo(2);
        assertThat(expect.podsOf("lost", "linux-amd64")).isEqualTo(1);
    }

    @Test
    void aLegThatFailsIsLeftOutWhereThatIsAskedFor() {
        cluster.apply(build("partial", "v1", FAILS_FOR_ARM64, OnLegFailure.PublishPartial));
        cluster.await(
                "partial",
                found -> Conditions.find(found, "Ready")
                        .filter(ready -> ready.reason() == Reason.PublishedPartial)
                        .isPresent());
        var partial = cluster.build("partial");
        assertThat(Objects.requireNonNull(partial.getStatus().image()).missing())
                .containsExactly("linux/arm64");
        assertThat(Conditions.is(partial, "LastBuildSucceeded", ConditionStatus.False))
                .isTrue();
        assertThat(expect.platforms("partial", "v1")).containsExactly("linux/amd64");

        cluster.apply(build("partial", "v1", SUCCEEDS, OnLegFailure.PublishPartial));
        cluster.await(
                "partial",
                found -> Conditions.find(found, "Ready")
                        .filter(ready -> ready.reason() == Reason.Published)
                        .isPresent());
        assertThat(expect.platforms("partial", "v1")).containsExactlyInAnyOrder("linux/amd64", "linux/arm64");
    }

    @Test
    void aLegThatFailsKeepsTheImageAsItWas() {
        cluster.apply(build("kept", "v1", SUCCEEDS, OnLegFailure.KeepPrevious));
        expect.ready("kept");
        var before = registry.digest(cluster.repository("kept"), "v1");

        cluster.apply(build("kept", "v1", FAILS_FOR_ARM64, OnLegFailure.KeepPrevious));
        cluster.await("kept", found -> Conditions.is(found, "LastBuildSucceeded", ConditionStatus.False));
        assertThat(registry.digest(cluster.repository("kept"), "v1")).isEqualTo(before);
    }

    private BackendBuild build(String name, String tag, String command, OnLegFailure onLegFailure) {
        var args = Builds.crossedArgs(cluster, gate, name, command);
        var legs = List.of(
                Leg.on("linux/amd64"),
                LegBuilder.builder()
                        .platform("linux/arm64")
                        .buildPlatform("linux/amd64")
                        .build());
        return Builds.named(
                name,
                BackendBuildSpecBuilder.builder()
                        .source(cluster.source())
                        .dockerfile("Dockerfile.crossed")
                        .buildArgs(args)
                        .legs(legs)
                        .image(cluster.image(tag, name))
                        .onLegFailure(onLegFailure)
                        .build());
    }
}
