package dev.trestle.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildSpec;
import dev.trestle.api.BackendBuildSpecBuilder;
import dev.trestle.api.BaseImage;
import dev.trestle.api.BaseImageSpecBuilder;
import dev.trestle.api.BaseRef;
import dev.trestle.api.BaseUse;
import dev.trestle.api.ConditionStatus;
import dev.trestle.api.Leg;
import dev.trestle.api.LegBuilder;
import dev.trestle.api.Reason;
import dev.trestle.cluster.SharesCluster;
import dev.trestle.core.Labels;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** From {@code kubectl apply} to the registry: what a build publishes, and what one that fails tells. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SharesCluster
class MainJobE2E {
    private static final String AMD64 = "linux/amd64";
    private static final String ARM64 = "linux/arm64";
    private static final String ATTESTATION = "unknown/unknown";

    private final TestCluster cluster;
    private final TestRegistry registry = new TestRegistry();

    MainJobE2E() throws IOException, InterruptedException {
        cluster = TestCluster.open();
    }

    @AfterAll
    void close() {
        cluster.close();
    }

    @Test
    void aConsumerOnItsBaseIsPublishedForBothPlatformsInBothRepositories() {
        cluster.apply(base());
        cluster.apply(consumer());
        awaitReady("consumer");

        var published =
                Objects.requireNonNull(cluster.build("consumer").getStatus().image());
        for (var repository : List.of(cluster.repository("consumer"), cluster.repository("mirror"))) {
            var index = registry.find(repository, "v1").orElseThrow();
            assertThat(index.digest()).isEqualTo(published.digest());
            assertThat(index.platforms()).containsExactlyInAnyOrder(AMD64, ARM64, ATTESTATION, ATTESTATION);
            assertThat(registry.find(repository, "consumer-linux-amd64")).isPresent();
            assertThat(registry.find(repository, "consumer-linux-arm64")).isPresent();
        }
        assertThat(registry.digest(cluster.repository("base"), "v1"))
                .contains(
                        Objects.requireNonNull(cluster.base("base").getStatus().image())
                                .digest());
        awaitQuiet("consumer");
    }

    @Test
    void aFailedStepIsToldInTheStatus() {
        cluster.apply(Builds.named("failing", failing()));
        cluster.await("failing", found -> Conditions.is(found, "Ready", ConditionStatus.False));

        var build = cluster.build("failing");
        assertThat(Conditions.find(build, "Ready").orElseThrow().reason()).isEqualTo(Reason.LegFailed);
        assertThat(Conditions.is(build, "Stalled", ConditionStatus.True)).isTrue();
        var failure =
                Objects.requireNonNull(Conditions.firstLeg(build).orElseThrow().failure());
        assertThat(failure.step()).startsWith("RUN echo");
        assertThat(failure.exitCode()).isEqualTo(42);
        assertThat(failure.lastLines()).containsExactly("first line of " + cluster.namespace(), "second line");
        assertThat(registry.find(cluster.repository("failing"), "v1")).isEmpty();
        assertThat(registry.find(cluster.repository("failing"), "failing-linux-amd64"))
                .isEmpty();
        assertThat(cluster.pods().labelled(Labels.BUILD, "failing")).hasSize(1);
    }

    private BaseImage base() {
        var base = new BaseImage();
        base.getMetadata().setName("base");
        base.setSpec(BaseImageSpecBuilder.builder()
                .source(cluster.source())
                .dockerfile("Dockerfile.base")
                .buildArgs(List.of(cluster.nonce()))
                .platforms(List.of(AMD64))
                .image(cluster.image("v1", "base"))
                .build());
        return base;
    }

    private BackendBuild consumer() {
        return Builds.named(
                "consumer",
                BackendBuildSpecBuilder.builder()
                        .source(cluster.source())
                        .dockerfile("Dockerfile.consumer")
                        .buildArgs(List.of(cluster.nonce()))
                        .base(BaseUse.of(new BaseRef("base"), "BASE_IMAGE"))
                        .legs(List.of(
                                Leg.on(AMD64),
                                LegBuilder.builder()
                                        .platform(ARM64)
                                        .buildPlatform(AMD64)
                                        .build()))
                        .image(cluster.image("v1", "consumer", "mirror"))
                        .build());
    }

    private BackendBuildSpec failing() {
        return Builds.onAmd64(
                cluster.source(), "Dockerfile.failing", List.of(cluster.nonce()), cluster.image("v1", "failing"));
    }

    private void awaitReady(String build) {
        cluster.await(build, Conditions::isReadyNow);
    }

    /** Nothing moves, so nothing is started and nothing is written. */
    private void awaitQuiet(String build) {
        var version = cluster.build(build).getMetadata().getResourceVersion();
        var pods = cluster.pods().uids();
        await().during(Duration.ofSeconds(10)).atMost(Duration.ofSeconds(12)).untilAsserted(() -> {
            assertThat(cluster.build(build).getMetadata().getResourceVersion()).isEqualTo(version);
            assertThat(cluster.pods().uids()).isEqualTo(pods);
        });
    }
}
