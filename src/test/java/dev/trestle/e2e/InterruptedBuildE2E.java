package dev.trestle.e2e;

import static dev.trestle.e2e.TestCluster.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BuildArg;
import dev.trestle.api.ConditionStatus;
import dev.trestle.api.LegState;
import dev.trestle.core.Labels;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What happens in the middle of a build: a lost pod, an operator that is away, a spec that changes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InterruptedBuildE2E {
    private static final String AMD64 = "linux/amd64";

    private final TestCluster cluster;
    private final TestRegistry registry = new TestRegistry();
    private Gate gate;

    InterruptedBuildE2E() throws IOException, InterruptedException {
        cluster = TestCluster.open();
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
        awaitReady(build);
        var pods = cluster.pods().labelled(Labels.BUILD, build);
        assertThat(pods).hasSize(2);
        var leg = Conditions.firstLeg(cluster.build(build)).orElseThrow();
        assertThat(pods).extracting(pod -> pod.getMetadata().getName()).containsOnly(leg.pod());
        assertThat(leg.lostAttempts()).isNull();
        assertMergedOnce(build);
        assertTagHolds(build, "a");
    }

    @Test
    void aLegThatEndsWhileTheOperatorIsAwayIsMergedOnce() {
        cluster.apply(build("away", "a"));
        await().atMost(LIMIT)
                .until(() -> Conditions.firstLeg(cluster.build("away"))
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
        awaitReady("away");

        assertThat(cluster.pods().labelled(Labels.BUILD, "away")).hasSize(1);
        assertMergedOnce("away");
        assertTagHolds("away", "a");
    }

    @Test
    void anOperatorThatIsKilledDuringAMergeMakesNothingTwice() {
        gate.open();
        cluster.apply(build("killed", "a"));
        await().atMost(LIMIT)
                .until(() -> !cluster.merges().labelled(Labels.BUILD, "killed").isEmpty());
        cluster.operator().kill();
        awaitReady("killed");

        assertThat(cluster.pods().labelled(Labels.BUILD, "killed")).hasSize(1);
        assertMergedOnce("killed");
        assertTagHolds("killed", "a");
    }

    @Test
    void ofASpecThatChangesWhileItIsBuiltOnlyTheNewestIsPublished() {
        cluster.apply(build("changed", "a"));
        gate.awaitArrivals(1);
        cluster.apply(build("changed", "b"));
        cluster.apply(build("changed", "c"));
        gate.open();
        awaitReady("changed");

        assertThat(cluster.build("changed").getMetadata().getGeneration()).isEqualTo(3);
        assertMergedOnce("changed");
        assertTagHolds("changed", "c");
        assertThat(valueOf("changed", "changed-linux-amd64")).isEqualTo("c");
        assertThat(cluster.pods().labelled(Labels.BUILD, "changed").getFirst())
                .matches(pod -> pod.getMetadata().getDeletionTimestamp() != null, "is deleted");
    }

    @Test
    void aSpecThatIsTakenBackWhileItsSuccessorIsMergedIsNotReadyBeforeTheTagHoldsItAgain() {
        gate.open();
        cluster.apply(build("taken-back", "a"));
        awaitReady("taken-back");
        cluster.apply(build("taken-back", "b"));
        await().atMost(LIMIT)
                .until(() ->
                        cluster.merges().labelled(Labels.BUILD, "taken-back").size() == 2);
        cluster.apply(build("taken-back", "a"));

        await().atMost(LIMIT).until(() -> {
            var build = cluster.build("taken-back");
            if (Conditions.isReadyNow(build)) {
                assertThat(valueOf("taken-back", "v1"))
                        .as("what the tag holds while Ready is True")
                        .isEqualTo("a");
            }
            return Conditions.isReadyNow(build) && Conditions.is(build, "UpToDate", ConditionStatus.True);
        });
        assertTagHolds("taken-back", "a");
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
            assertTagHolds("waited-for", value);
        }
        await().untilAsserted(() -> assertThat(readyDigests("waited-for"))
                .hasSize(2)
                .extracting(Map.Entry::getKey)
                .containsExactly(1L, 2L));
        assertThat(readyDigests("waited-for")).extracting(Map.Entry::getValue).doesNotHaveDuplicates();
    }

    @Test
    void aStatusThatIsLeftBehindIsNotTakenForReady() throws IOException, InterruptedException {
        gate.open();
        cluster.kubectl().apply(build("left-behind", "a"));
        awaitReady("left-behind");
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
        assertTagHolds("left-behind", "b");
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

    private void awaitReady(String build) {
        await().atMost(LIMIT).until(() -> Conditions.isReadyNow(cluster.build(build)));
    }

    /** By generation, every digest with which the build has ever been ready. */
    private List<Map.Entry<Long, String>> readyDigests(String build) {
        return cluster.builds().versionsOf(build).stream()
                .filter(Conditions::isReadyNow)
                .map(version -> Map.entry(version.getMetadata().getGeneration(), digest(version)))
                .distinct()
                .toList();
    }

    private static String digest(BackendBuild build) {
        return Objects.requireNonNull(build.getStatus().image()).digest();
    }

    private static boolean hasEnded(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream()
                .map(ContainerStatus::getState)
                .anyMatch(state -> state.getTerminated() != null);
    }

    private String valueOf(String build, String tag) {
        return registry.label(cluster.repository(build), tag, AMD64, "value");
    }

    /** One merge, one Job, one pod, whatever has been deleted since. */
    private void assertMergedOnce(String build) {
        var merges = cluster.merges().labelled(Labels.BUILD, build);
        assertThat(merges).hasSize(1);
        var name = merges.getFirst().getMetadata().getName();
        assertThat(cluster.jobs().labelled(Labels.MERGE, name)).hasSize(1);
        assertThat(cluster.pods().labelled(Labels.MERGE, name)).hasSize(1);
    }

    /** The tag names what the status says, and that was made with this value. */
    private void assertTagHolds(String build, String value) {
        assertThat(registry.digest(cluster.repository(build), "v1")).contains(digest(cluster.build(build)));
        assertThat(valueOf(build, "v1")).isEqualTo(value);
    }
}
