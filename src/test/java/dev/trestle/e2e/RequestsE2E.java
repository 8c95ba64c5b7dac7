package dev.trestle.e2e;

import static dev.trestle.e2e.TestCluster.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildSpec;
import dev.trestle.api.BackendBuildSpecBuilder;
import dev.trestle.api.BuildArg;
import dev.trestle.api.ConditionStatus;
import dev.trestle.api.Leg;
import dev.trestle.api.LegBuilder;
import dev.trestle.api.PlatformImage;
import dev.trestle.api.Reason;
import dev.trestle.cli.Trestle;
import dev.trestle.cluster.OwnsCluster;
import dev.trestle.core.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What people ask for by the command line, and legs that are built elsewhere. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@OwnsCluster
class RequestsE2E {
    private final TestCluster cluster;
    private final TestRegistry registry = new TestRegistry();
    private final Expect expect;
    private Gate gate;

    RequestsE2E() throws IOException, InterruptedException {
        cluster = TestCluster.open();
        expect = new Expect(cluster, registry);
    }

    @BeforeEach
    void shutGate() throws IOException {
        gate = cluster.gate();
    }

    @AfterEach
    void closeGate() {
        gate.close();
    }

    @AfterAll
    void close() {
        cluster.close();
    }

    @Test
    void whatIsCancelledIsBuiltAgainWhenAskedFor() {
        cluster.apply(gated("cancelled"));
        gate.awaitArrivals(1);

        trestle("cancel", "cancelled");
        await().atMost(LIMIT).until(() -> reasonOf("cancelled") == Reason.Cancelled);
        await().atMost(LIMIT).until(() -> running("cancelled").isEmpty());
        assertThat(cluster.build("cancelled").getStatus().image()).isNull();

        gate.open();
        trestle("retry", "cancelled");
        expect.ready("cancelled");
        expect.tagHolds("cancelled", "a");
    }

    @Test
    void aRebuildIsDoneOnceForEachRequest() {
        gate.open();
        cluster.apply(gated("again"));
        expect.ready("again");

        trestle("rebuild", "again", "--without-cache");
        await().atMost(LIMIT).until(() -> legs("again").size() == 2);
        cluster.await("again", found -> Conditions.is(found, "UpToDate", ConditionStatus.True));
        assertThat(Conditions.firstLeg(cluster.build("again")).orElseThrow().reasons())
                .singleElement()
                .asString()
                .startsWith("Request rebuild-without-cache none -> ");

        cluster.operator().kill();
        trestle("rebuild", "again");
        await().atMost(LIMIT).until(() -> legs("again").size() == 3);
        expect.ready("again");
    }

    @Test
    void aLegThatIsBuiltElsewhereIsMergedWhenItIsReported() throws IOException, InterruptedException {
        gate.open();
        var spec = gated("mixed").getSpec();
        var legs = List.of(
                Leg.on("linux/amd64"),
                LegBuilder.builder()
                        .platform(MacOsImage.PLATFORM)
                        .external(true)
                        .build());
        cluster.apply(Builds.named("mixed", with(legs, spec)));
        cluster.await(
                "mixed",
                found -> Conditions.find(found, "Ready")
                        .filter(ready -> ready.message().contains("built elsewhere"))
                        .isPresent());
        assertThat(cluster.build("mixed").getStatus().image()).isNull();

        MacOsImage.push(cluster.repository("mixed") + ":mixed-darwin-arm64", "mixed");
        trestle(
                "report",
                "mixed",
                MacOsImage.PLATFORM,
                registry.digest(cluster.repository("mixed"), "mixed-darwin-arm64")
                        .orElseThrow());
        expect.ready("mixed");
        assertThat(Objects.requireNonNull(cluster.build("mixed").getStatus().image())
                        .platforms())
                .extracting(PlatformImage::platform)
                .containsExactlyInAnyOrder("linux/amd64", MacOsImage.PLATFORM);
    }

    private BackendBuild gated(String name) {
        var args = List.of(cluster.nonce(), new BuildArg("VALUE", "a"), new BuildArg("GATE", gate.address()));
        return Builds.named(
                name, Builds.onAmd64(cluster.source(), "Dockerfile.gated", args, cluster.image("v1", name)));
    }

    private static BackendBuildSpec with(List<Leg> legs, BackendBuildSpec spec) {
        return BackendBuildSpecBuilder.builder(spec).legs(legs).build();
    }

    private void trestle(String command, String... arguments) {
        assertThat(Trestle.run(command, cluster.namespace(), arguments)).isZero();
    }

    private Reason reasonOf(String build) {
        return Conditions.find(cluster.build(build), "Ready").orElseThrow().reason();
    }

    private List<Pod> legs(String build) {
        return cluster.pods().labelled(Labels.BUILD, build);
    }

    private List<Pod> running(String build) {
        return cluster.client()
                .pods()
                .inNamespace(cluster.namespace())
                .withLabel(Labels.BUILD, build)
                .list()
                .getItems();
    }
}
