package dev.trestle.e2e;

import static dev.trestle.e2e.TestCluster.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BuildArg;
import dev.trestle.api.ConditionStatus;
import dev.trestle.api.LegState;
import dev.trestle.cluster.OwnsCluster;
import dev.trestle.core.Labels;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What happens in the middle of a build: a lost pod, an operator that is away, a spec that changes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@OwnsCluster
class InterruptedBuildE2E {
    private final TestCluster cluster;
    private final Expect expect;
    private Gate gate;

    InterruptedBuildE2E() throws IOException, InterruptedException {
        cluster = TestCluster.open();
        expect = new Expect(cluster, new TestRegistry());
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
    void aLegWhosePodIsDeletedIsBuiltOnceMore() {
        cluster.apply(build("lost", "a"));
        cluster.apply(build("lost-at-once", "a"));
        gate.awaitArrivals(2);
        cluster.client().resource(cluster.legPod("lost")).delete();
        cluster.client()
                .resource(cluster.legPod("lost-at-once"))
                .withGracePeriod(0)
                .delete();
        gate.awaitArrivals(4);
        gate.open();

        assertBuiltOnceMore("lost");
        assertBuiltOnceMore("lost-at-once");
    }

    private void assertBuiltOnceMore(String build) {
        expect.ready(build);
        var pods = cluster.pods().labelled(Labels.BUILD, build);
        assertThat(pods).hasSize(2);
        var leg = Conditions.firstLeg(cluster.build(build)).orElseThrow();
        assertThat(pods).extracting(pod -> pod.getMetadata().getName()).containsOnly(leg.pod());
        assertThat(leg.lostAttempts()).isNull();
        expect.mergedOnce(build);
        expect.tagHolds(build, "a");
    }

    @Test
    void aLegThatEndsWhileTheOperatorIsAwayIsMergedOnce() {
        cluster.apply(build("away", "a"));
        cluster.await(
                "away",
                found -> Conditions.firstLeg(found)
                        .filter(leg -> leg.state() == LegState.Building)
                        .isPresent());
        gate.awaitArrivals(1);
        cluster.operator().stop();
        try {
            gate.open();
            await().atMost(LIMIT).until(() -> hasEnded(cluster.legPod("away")));
            assertThat(Conditions.firstLeg(cluster.build("away")).orElseThrow().state())
                    .isEqualTo(LegState.Building);
        } finally {
            cluster.operator().start();
        }
        expect.ready("away");

        assertThat(cluster.pods().labelled(Labels.BUILD, "away")).hasSize(1);
        expect.mergedOnce("away");
        expect.tagHolds("away", "a");
    }

    @Test
    void anOperatorThatIsKilledDuringAMergeMakesNothingTwice() {
        gate.open();
        cluster.apply(build("killed", "a"));
        await().atMost(LIMIT)
                .until(() -> !cluster.merges().labelled(Labels.BUILD, "killed").isEmpty());
        cluster.operator().kill();
        expect.ready("killed");

        assertThat(cluster.pods().labelled(Labels.BUILD, "killed")).hasSize(1);
        expect.mergedOnce("killed");
        expect.tagHolds("killed", "a");
    }

    @Test
    void ofASpecThatChangesWhileItIsBuiltOnlyTheNewestIsPublished() {
        cluster.apply(build("changed", "a"));
        gate.awaitArrivals(1);
        cluster.apply(build("changed", "b"));
        cluster.apply(build("changed", "c"));
        gate.open();
        expect.ready("changed");

        assertThat(cluster.build("changed").getMetadata().getGeneration()).isEqualTo(3);
        expect.mergedOnce("changed");
        expect.tagHolds("changed", "c");
        assertThat(expect.valueOf("changed", "changed-linux-amd64")).isEqualTo("c");
        assertThat(cluster.pods().labelled(Labels.BUILD, "changed").getFirst())
                .matches(pod -> pod.getMetadata().getDeletionTimestamp() != null, "is deleted");
    }

    @Test
    void aSpecThatIsTakenBackWhileItsSuccessorIsMergedIsNotReadyBeforeTheTagHoldsItAgain() {
        gate.open();
        cluster.apply(build("taken-back", "a"));
        expect.ready("taken-back");
        cluster.apply(build("taken-back", "b"));
        await().atMost(LIMIT)
                .until(() ->
                        cluster.merges().labelled(Labels.BUILD, "taken-back").size() == 2);
        cluster.apply(build("taken-back", "a"));

        cluster.await("taken-back", build -> {
            if (Conditions.isReadyNow(build)) {
                assertThat(expect.valueOf("taken-back", "v1"))
                        .as("what the tag holds while Ready is True")
                        .isEqualTo("a");
            }
            return Conditions.isReadyNow(build) && Conditions.is(build, "UpToDate", ConditionStatus.True);
        });
        expect.tagHolds("taken-back", "a");
    }

    @Test
    void kubectlWaitRightAfterApplyReturnsOnceThatSpecIsPublished() throws IOException, InterruptedException {
        gate.open();
        for (var value : List.of("a", "b")) {
            cluster.kubectl().apply(build("waited-for", value));
            assertThat(cluster.kubectl().waitForReady("waited-for", "0").exitCode())
                    .isEqualTo(1);
            var wait = cluster.kubectl().waitForReady("waited-for", "2m");
            assertThat(wait.output()).endsWith("condition met");
            expect.tagHolds("waited-for", value);
        }
        await().untilAsserted(() -> assertThat(expect.readyDigests("waited-for"))
                .hasSize(2)
                .extracting(Map.Entry::getKey)
                .containsExactly(1L, 2L));
        assertThat(expect.readyDigests("waited-for"))
                .extracting(Map.Entry::getValue)
                .doesNotHaveDuplicates();
    }

    @Test
    void aStatusThatIsLeftBehindIsNotTakenForReady() throws IOException, InterruptedException {
        gate.open();
        cluster.kubectl().apply(build("left-behind", "a"));
        expect.ready("left-behind");
        cluster.operator().stop();
        try {
            cluster.kubectl().apply(build("left-behind", "b"));
            assertThat(Conditions.find(cluster.build("left-behind"), "Ready"))
                    .hasValueSatisfying(
                            ready -> assertThat(ready.observedGeneration()).isEqualTo(1));
            assertThat(cluster.kubectl().waitForReady("left-behind", "0").output())
                    .contains("condition not met");
        } finally {
            cluster.operator().start();
        }
        assertThat(cluster.kubectl().waitForReady("left-behind", "2m").exitCode())
                .isZero();
        expect.tagHolds("left-behind", "b");
    }

    private BackendBuild build(String name, String value) {
        return Builds.named(
                name,
                Builds.onAmd64(
                        cluster.source(),
                        "Dockerfile.gated",
                        List.of(cluster.nonce(), new BuildArg("VALUE", value), new BuildArg("GATE", gate.address())),
                        cluster.image("v1", name)));
    }

    private static boolean hasEnded(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream()
                .map(ContainerStatus::getState)
                .anyMatch(state -> state.getTerminated() != null);
    }
}
