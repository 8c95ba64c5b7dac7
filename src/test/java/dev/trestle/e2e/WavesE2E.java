package dev.trestle.e2e;

import static dev.trestle.e2e.TestCluster.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildSpecBuilder;
import dev.trestle.api.BaseImage;
import dev.trestle.api.BaseImageSpecBuilder;
import dev.trestle.api.BaseRef;
import dev.trestle.api.BaseUse;
import dev.trestle.api.BuildArg;
import dev.trestle.api.ConditionStatus;
import dev.trestle.api.Leg;
import dev.trestle.api.LegBuilder;
import dev.trestle.api.Reason;
import dev.trestle.cluster.SharesCluster;
import dev.trestle.core.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A pool that builds one leg at once ({@code narrow} of {@code hack/install}), and waves that are held back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SharesCluster
class WavesE2E {
    private static final List<String> THREE = List.of("first", "second", "third");

    private final TestCluster cluster;
    private final Expect expect;

    WavesE2E() throws IOException, InterruptedException {
        cluster = TestCluster.open();
        expect = new Expect(cluster, new TestRegistry());
    }

    @AfterAll
    void close() {
        cluster.close();
    }

    @Test
    void aPoolOfOneBuildsOneAfterTheOther() throws IOException {
        try (var gate = cluster.gate()) {
            THREE.forEach(name -> cluster.apply(gated(name, gate)));
            gate.awaitArrivals(1);
            await().atMost(LIMIT).until(() -> waiting().count() == 2);
            gate.open();
            THREE.forEach(expect::ready);
        }
        assertThat(THREE).allSatisfy(name -> assertThat(legs(name)).hasSize(1));
        assertNeverTwoAtOnce(THREE.stream().flatMap(name -> legs(name).stream()).toList());
    }

    @Test
    void aPausedWaveHoldsBackWhomOnlyTheBaseMovesUntilItIsResumed() {
        cluster.apply(base("one"));
        cluster.apply(consumer("held"));
        expect.ready("held");
        annotate(Map.of(Labels.WAVE, "paused"));
        cluster.apply(base("two"));

        await().atMost(LIMIT).until(() -> building("held") == Reason.WavePaused);
        assertThat(Conditions.is(cluster.build("held"), "Ready", ConditionStatus.True))
                .isTrue();
        assertThat(legs("held")).hasSize(1);

        annotate(Map.of());
        cluster.await(
                "held",
                found -> Conditions.is(found, "UpToDate", ConditionStatus.True)
                        && legs("held").size() == 2);
        assertThat(legs("held").getLast().getMetadata().getLabels()).containsEntry(Labels.CAUSE, "wave");
    }

    private Stream<String> waiting() {
        return THREE.stream().filter(name -> building(name) == Reason.WaitingForPool);
    }

    private @Nullable Reason building(String build) {
        return Conditions.find(cluster.build(build), "Building")
                .map(condition -> condition.reason())
                .orElse(null);
    }

    /** By the kubelet's clock: the next container starts after the one before has ended. */
    private static void assertNeverTwoAtOnce(List<Pod> pods) {
        var inOrder =
                pods.stream().sorted(Comparator.comparing(WavesE2E::startOf)).toList();
        for (var i = 1; i < inOrder.size(); i++) {
            var before = inOrder.get(i - 1);
            assertThat(Instant.parse(inOrder.get(i).getMetadata().getCreationTimestamp()))
                    .as("'%s' is created after '%s' has ended", name(inOrder.get(i)), name(before))
                    .isAfterOrEqualTo(endOf(before));
        }
    }

    private static String name(Pod pod) {
        return pod.getMetadata().getName();
    }

    private static Instant startOf(Pod pod) {
        return Instant.parse(pod.getMetadata().getCreationTimestamp());
    }

    private static Instant endOf(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream()
                .map(status -> Instant.parse(status.getState().getTerminated().getFinishedAt()))
                .findFirst()
                .orElseThrow();
    }

    private BackendBuild gated(String name, Gate gate) {
        return Builds.named(
                name,
                BackendBuildSpecBuilder.builder()
                        .source(cluster.source())
                        .dockerfile("Dockerfile.gated")
                        .buildArgs(List.of(cluster.nonce(), new BuildArg("GATE", gate.address())))
                        .legs(List.of(LegBuilder.builder()
                                .platform("linux/amd64")
                                .pool("narrow")
                                .build()))
                        .image(cluster.image("v1", name))
                        .build());
    }

    private BackendBuild consumer(String name) {
        return Builds.named(
                name,
                BackendBuildSpecBuilder.builder()
                        .source(cluster.source())
                        .dockerfile("Dockerfile.consumer")
                        .buildArgs(List.of(cluster.nonce()))
                        .base(BaseUse.of(new BaseRef("moving"), "BASE_IMAGE"))
                        .legs(List.of(Leg.on("linux/amd64")))
                        .image(cluster.image("v1", name))
                        .build());
    }

    private BaseImage base(String variant) {
        var base = new BaseImage();
        base.getMetadata().setName("moving");
        base.setSpec(BaseImageSpecBuilder.builder()
                .source(cluster.source())
                .dockerfile("Dockerfile.base")
                .buildArgs(List.of(cluster.nonce(), new BuildArg("VARIANT", variant)))
                .platforms(List.of("linux/amd64"))
                .image(cluster.image("v1", "moving"))
                .build());
        return base;
    }

    private void annotate(Map<String, String> annotations) {
        cluster.client()
                .resources(BaseImage.class)
                .inNamespace(cluster.namespace())
                .withName("moving")
                .edit(now -> {
                    now.getMetadata().setAnnotations(annotations);
                    return now;
                });
    }

    private List<Pod> legs(String build) {
        return cluster.pods().labelled(Labels.BUILD, build);
    }
}
