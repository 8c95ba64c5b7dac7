package dev.trestle.core.observe;

import static dev.trestle.core.observe.LegPodBuilder.ENDED;
import static dev.trestle.core.observe.LegPodBuilder.STARTED;
import static dev.trestle.core.observe.LegPodBuilder.aPod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.trestle.api.FailureReason;
import dev.trestle.api.LegFailure;
import dev.trestle.core.config.Deadlines;
import dev.trestle.core.observe.LegOutcome.Building;
import dev.trestle.core.observe.LegOutcome.Ending;
import dev.trestle.core.observe.LegOutcome.Failed;
import dev.trestle.core.observe.LegOutcome.Queued;
import dev.trestle.core.observe.LegOutcome.Succeeded;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Pods on their way, pods that have pushed, and pods that somebody deletes; {@link LegFaultsTableTest} has those that fail. */
class LegOutcomeTest {
    private static final Deadlines DEADLINES =
            new Deadlines(Optional.of(Duration.ofHours(1)), Duration.ofMinutes(15), Duration.ofHours(6));
    private static final Instant NOW = Instant.parse(ENDED);
    private static final String DIGEST = "sha256:" + "a".repeat(64);
    private static final String PUSHED =
            "{\"digest\":\"%s\",\"seconds\":28,\"steps\":9,\"cachedSteps\":4}".formatted(DIGEST);
    private static final Succeeded SUCCEEDED =
            new Succeeded(DIGEST, ENDED, Optional.of(28L), Optional.of(9), Optional.of(4));

    static Stream<Arguments> onTheWay() {
        return Stream.of(
                row("a pod that nobody has looked at is queued", LegPodBuilder.unseen(), new Queued(Optional.empty())),
                row("so is one without containers", aPod(), new Queued(Optional.empty())),
                row(
                        "the scheduler says why it has no node",
                        aPod().unschedulable("0/3 nodes are available."),
                        new Queued(Optional.of("No node takes the pod: 0/3 nodes are available."))),
                row(
                        "the kubelet says why its image does not come, and goes on trying",
                        aPod().scheduled().waiting("ImagePullBackOff", "not found"),
                        new Queued(Optional.of("ImagePullBackOff: not found."))),
                row(
                        "a node that has taken the pod a moment ago is still preparing it",
                        aPod().scheduledAt("2026-11-21T12:00:11Z").unprepared().mounting("registry"),
                        new Queued(Optional.empty())),
                row(
                        "later a volume is missing, and most likely a Secret",
                        aPod().scheduledAt("2026-11-21T12:00:10Z").unprepared().mounting("registry"),
                        new Queued(Optional.of("Its node has not prepared the pod: volumes or the network are missing."
                                + " It mounts Secret 'registry': check that it is in namespace 'shop' and has the keys of its type."
                                + " The node's words: kubectl describe pod app-amd64-1f3a9c-1 -n shop"))),
                row("a container that runs builds", aPod().running(), new Building(STARTED)),
                row(
                        "also when its daemon has just crashed, for its client will tell",
                        aPod().running().daemonStartedAgain(2, "Error"),
                        new Building(STARTED)),
                row(
                        "that a pod is to be preempted is an intention until it is deleted",
                        aPod().running().disrupted("PreemptionByScheduler", "preempting"),
                        new Building(STARTED)));
    }

    static Stream<Arguments> pushed() {
        return Stream.of(
                row("an exit code of 0 and a digest is an image", aPod().ended(0, "Completed", PUSHED), SUCCEEDED),
                row(
                        "the digest is enough",
                        aPod().ended(0, "Completed", "{\"digest\":\"%s\"}".formatted(DIGEST)),
                        new Succeeded(DIGEST, ENDED, Optional.empty(), Optional.empty(), Optional.empty())),
                row(
                        "what is pushed is pushed, although the pod was evicted later",
                        aPod().ended(0, "Completed", PUSHED).failed("Evicted", "The node was low on resource: memory."),
                        SUCCEEDED),
                row(
                        "and although the daemon was killed when nobody needed it any more",
                        aPod().ended(0, "Completed", PUSHED).daemonEnded(137, "OOMKilled", ENDED),
                        SUCCEEDED));
    }

    static Stream<Arguments> deleted() {
        return Stream.of(
                row("a deleted pod is ending", aPod().deleted(), new Ending()),
                row("while it builds", aPod().running().deleted(), new Ending()),
                row(
                        "also when another controller keeps it with a finalizer",
                        aPod().running().finalizer("kueue.x-k8s.io/managed").deleted(),
                        new Ending()),
                row(
                        "which does not hold up the next attempt once the build has ended",
                        aPod().ended(143, "Error", null)
                                .finalizer("kueue.x-k8s.io/managed")
                                .deleted(),
                        keptBy("kueue.x-k8s.io/managed", LegPodBuilder.NODE)),
                row(
                        "or was never begun",
                        aPod().unplaced().finalizer("kueue.x-k8s.io/managed").deleted(),
                        keptBy("kueue.x-k8s.io/managed", null)),
                row(
                        "when its container was ended by that",
                        aPod().ended(143, "Error", null).deleted(),
                        new Ending()),
                row(
                        "and when it had pushed, for its anchor may be another's by now",
                        aPod().ended(0, "Completed", PUSHED).deleted(),
                        new Ending()),
                row(
                        "also when it was drained after that",
                        aPod().ended(0, "Completed", PUSHED)
                                .disrupted("EvictionByEvictionAPI", "")
                                .deleted(),
                        new Ending()),
                row(
                        "a pod that was deleted in time has not failed by being slow to end",
                        aPod().scheduled().deletedAt("2026-11-21T12:15:11Z"),
                        new Ending()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"onTheWay", "pushed", "deleted"})
    void isWhatThePodSays(String promise, Pod pod, LegOutcome expected) {
        assertThat(LegOutcome.of(pod, DEADLINES, NOW)).isEqualTo(expected);
    }

    private static Failed keptBy(String finalizer, @Nullable String node) {
        var message = "The pod was deleted, and the finalizer '%s' keeps it.".formatted(finalizer);
        return new Failed(
                LegFailure.of(FailureReason.Interrupted, null, message).on(node), ENDED);
    }

    private static Arguments row(String promise, LegPodBuilder pod, LegOutcome expected) {
        return row(promise, pod.build(), expected);
    }

    private static Arguments row(String promise, Pod pod, LegOutcome expected) {
        return arguments(promise, pod, expected);
    }
}
