package dev.trestle.core.observe;

import static dev.trestle.core.observe.LegPodBuilder.ENDED;
import static dev.trestle.core.observe.LegPodBuilder.NODE;
import static dev.trestle.core.observe.LegPodBuilder.STARTED;
import static dev.trestle.core.observe.LegPodBuilder.aPod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.trestle.api.FailureReason;
import dev.trestle.api.LegFailure;
import dev.trestle.api.LegFailure.FailureClass;
import dev.trestle.core.config.Deadlines;
import dev.trestle.core.observe.LegOutcome.Failed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How each pod has failed that did: by its build, by its daemon, by the cluster, by a deadline. */
class LegFaultsTableTest {
    private static final Deadlines DEADLINES =
            new Deadlines(Optional.of(Duration.ofHours(1)), Duration.ofMinutes(15), Duration.ofHours(6));
    private static final Instant EARLY = Instant.parse(ENDED);
    private static final String QUEUE_OVER = "2026-11-21T13:00:00Z";
    private static final String START_OVER = "2026-11-21T12:15:02Z";
    private static final String BUILD_OVER = "2026-11-21T18:05:02Z";

    static Stream<Arguments> told() {
        return Stream.of(
                fails(
                        "the builder's word counts",
                        aPod().ended(1, "Error", word("User", "PushDenied")),
                        FailureReason.PushDenied),
                fails(
                        "its reason more than its class",
                        aPod().ended(2, "Error", word("User", "RateLimited")),
                        FailureReason.RateLimited),
                fails(
                        "a reason of a newer builder is told by its class",
                        aPod().ended(2, "Error", word("DiskFull", "Cosmic")),
                        FailureReason.DiskFull),
                fails(
                        "a class of a newer builder by its reason",
                        aPod().ended(1, "Error", word("Cosmic", "StepFailed")),
                        FailureReason.StepFailed),
                fails(
                        "both by the exit code",
                        aPod().ended(1, "Error", word("Cosmic", "Rays")),
                        FailureReason.BuildFailed),
                fails(
                        "an elder builder has only a class",
                        aPod().ended(1, "Error", word("User", null)),
                        FailureReason.BuildFailed),
                fails(
                        "of all classes",
                        aPod().ended(2, "Error", word("OutOfMemory", null)),
                        FailureReason.OutOfMemory));
    }

    static Stream<Arguments> silent() {
        return Stream.of(
                fails("without a digest there is no image", aPod().ended(0, "Completed", null), FailureReason.Unknown),
                fails(
                        "nonsense is no digest",
                        aPod().ended(0, "Completed", "{\"digest\":\"sha256:1\"}"),
                        FailureReason.Unknown),
                fails(
                        "nor is a megabyte of it",
                        aPod().ended(0, "Completed", "x".repeat(1 << 20)),
                        FailureReason.Unknown),
                fails(
                        "exit code 1 without a word is the build's fault",
                        aPod().ended(1, "Error", null),
                        FailureReason.BuildFailed),
                fails(
                        "so it is when the word is garbage",
                        aPod().ended(1, "Error", "{\"failure\":"),
                        FailureReason.BuildFailed),
                fails("2 is nobody's", aPod().ended(2, "Error", null), FailureReason.Unknown),
                fails(
                        "3 is a program of another platform",
                        aPod().ended(3, "Error", null),
                        FailureReason.EmulationRefused),
                fails("124 is the build's deadline", aPod().ended(124, "Error", null), FailureReason.BuildTimeout),
                fails(
                        "143 is a TERM that nobody explains",
                        aPod().ended(143, "Error", null),
                        FailureReason.Interrupted),
                fails("137 is some kill", aPod().ended(137, "Error", null), FailureReason.Unknown),
                fails("or one for memory", aPod().ended(137, "OOMKilled", null), FailureReason.OutOfMemory));
    }

    static Stream<Arguments> byTheDaemon() {
        var lost = word("Infrastructure", "RegistryError");
        return Stream.of(
                fails(
                        "a daemon that was killed for memory took the build with it",
                        aPod().ended(2, "Error", lost).daemonStartedAgain(137, "OOMKilled"),
                        FailureReason.OutOfMemory),
                fails(
                        "a step that was killed so looks like the user's",
                        aPod().ended(1, "Error", word("User", "StepFailed")).daemonEnded(1, "OOMKilled", ENDED),
                        FailureReason.OutOfMemory),
                fails(
                        "a daemon that crashed looks like a broken connection",
                        aPod().ended(2, "Error", lost).daemonStartedAgain(2, "Error"),
                        FailureReason.BuilderCrashed),
                fails(
                        "so it does before the kubelet has started it again",
                        aPod().ended(2, "Error", lost).daemonEnded(139, "Error", STARTED),
                        FailureReason.BuilderCrashed),
                fails(
                        "that it ends after the build is as it should be",
                        aPod().ended(2, "Error", lost).daemonEnded(1, "Error", "2026-11-21T12:00:31Z"),
                        FailureReason.RegistryError),
                fails(
                        "a crash does not make a step fail",
                        aPod().ended(1, "Error", word("User", "StepFailed")).daemonStartedAgain(2, "Error"),
                        FailureReason.StepFailed));
    }

    static Stream<Arguments> byTheCluster() {
        return Stream.of(
                fails(
                        "eviction for the node's memory",
                        evicted("The node was low on resource: memory. "),
                        FailureReason.Evicted),
                fails(
                        "for the node's disk",
                        evicted("The node was low on resource: ephemeral-storage. "),
                        FailureReason.Evicted),
                fails(
                        "for its inodes",
                        evicted("The node was low on resource: inodes. "),
                        FailureReason.InodesExhausted),
                fails(
                        "for what the pool's scratch allows",
                        evicted("Usage of EmptyDir volume \"state\" exceeds the limit \"20Gi\". "),
                        FailureReason.ScratchFull),
                fails(
                        "for what the pool's resources allow",
                        evicted("Pod ephemeral local storage usage exceeds the total limit of containers 1Gi. "),
                        FailureReason.ScratchFull),
                fails(
                        "or the container's",
                        evicted("Container buildkitd exceeded its local ephemeral storage limit \"1Gi\". "),
                        FailureReason.ScratchFull),
                fails(
                        "eviction explains the TERM that the script has seen",
                        evicted("The node was low on resource: memory. ")
                                .ended(143, "Error", word("Cancelled", "Interrupted")),
                        FailureReason.Evicted),
                fails(
                        "the kubelet's own deadline",
                        aPod().failed("DeadlineExceeded", "Pod was active too long."),
                        FailureReason.BuildTimeout,
                        STARTED),
                fails(
                        "a node that shuts down",
                        aPod().failed("Terminated", "Pod was terminated in response to imminent node shutdown."),
                        FailureReason.NodeShutdown,
                        STARTED),
                fails(
                        "or did so",
                        aPod().failed("NodeShutdown", "Pod was rejected"),
                        FailureReason.NodeShutdown,
                        STARTED),
                fails("a node that is gone", aPod().failed("NodeLost", ""), FailureReason.NodeLost, STARTED),
                fails(
                        "a pod that makes way on its node",
                        aPod().failed("Preempting", "Preempted in order to admit critical pod"),
                        FailureReason.Preempted,
                        STARTED),
                fails(
                        "no room after all",
                        aPod().failed("OutOfcpu", "Node didn't have enough resource: cpu"),
                        FailureReason.NodeRefused,
                        STARTED),
                fails(
                        "other labels than before",
                        aPod().failed("NodeAffinity", "Predicate NodeAffinity failed"),
                        FailureReason.NodeRefused,
                        STARTED),
                fails(
                        "no device",
                        aPod().failed("UnexpectedAdmissionError", "Allocate failed"),
                        FailureReason.NodeRefused,
                        STARTED),
                fails(
                        "a pod that has failed without a word",
                        aPod().failed(null, null),
                        FailureReason.Unknown,
                        STARTED));
    }

    static Stream<Arguments> deletedByTheCluster() {
        return Stream.of(
                fails(
                        "preemption",
                        aPod().running().disrupted("PreemptionByScheduler", "").deleted(),
                        FailureReason.Preempted),
                fails(
                        "preemption by Kueue",
                        aPod().running().evictedByKueue("Preempted").deleted(),
                        FailureReason.Preempted),
                fails(
                        "eviction by Kueue, whose finalizer keeps the pod",
                        aPod().running()
                                .evictedByKueue("StoppedByKueue")
                                .finalizer("kueue.x-k8s.io/managed")
                                .deleted(),
                        FailureReason.Evicted),
                fails(
                        "a drained node",
                        aPod().running().disrupted("EvictionByEvictionAPI", "").deleted(),
                        FailureReason.Evicted),
                fails(
                        "a node that does not answer",
                        aPod().running().disrupted("DeletionByTaintManager", "").deleted(),
                        FailureReason.NodeLost),
                fails(
                        "a node that is no more",
                        aPod().failed(null, null)
                                .disrupted("DeletionByPodGC", "")
                                .deleted(),
                        FailureReason.NodeLost),
                fails(
                        "also of a pod that had not started",
                        aPod().scheduled()
                                .disrupted("DeletionByTaintManager", "")
                                .deleted(),
                        FailureReason.NodeLost),
                fails(
                        "when its container has ended by that",
                        aPod().ended(143, "Error", word("Cancelled", "Interrupted"))
                                .disrupted("EvictionByEvictionAPI", "")
                                .deleted(),
                        FailureReason.Evicted),
                fails(
                        "an evicted pod that somebody clears away was evicted all the same",
                        evicted("The node was low on resource: memory. ").deleted(),
                        FailureReason.Evicted));
    }

    static Stream<Arguments> tooLate() {
        return Stream.of(
                late(
                        "a pod that nobody takes",
                        aPod().unschedulable("0/3 nodes are available."),
                        QUEUE_OVER,
                        FailureReason.QueueTimeout),
                late("a gated pod too", aPod(), QUEUE_OVER, FailureReason.QueueTimeout),
                late(
                        "an image that does not come",
                        aPod().scheduled().waiting("ImagePullBackOff", "not found"),
                        START_OVER,
                        FailureReason.ImagePull),
                late(
                        "or cannot come",
                        aPod().scheduled().waiting("InvalidImageName", "no"),
                        START_OVER,
                        FailureReason.ImagePull),
                late(
                        "a Secret that is not there",
                        aPod().scheduled().waiting("CreateContainerConfigError", "secret \"push\" not found"),
                        START_OVER,
                        FailureReason.StartTimeout),
                late("a volume that is not mounted", aPod().scheduled(), START_OVER, FailureReason.StartTimeout),
                late(
                        "a build that its pod does not end",
                        aPod().scheduled().running(),
                        BUILD_OVER,
                        FailureReason.BuildTimeout));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource({"told", "silent", "byTheDaemon", "byTheCluster", "deletedByTheCluster"})
    void isWhatThePodSays(String promise, LegPodBuilder pod, FailureReason reason, String at) {
        assertFails(LegOutcome.of(pod.build(), DEADLINES, EARLY), reason, at);
    }

    @ParameterizedTest(name = "{0}: {2} at {3}")
    @MethodSource("tooLate")
    void whatIsLateHasFailedAtItsDeadlineAndNoSooner(
            String promise, LegPodBuilder pod, FailureReason reason, String at) {
        var deadline = Instant.parse(at);

        assertFails(LegOutcome.of(pod.build(), DEADLINES, deadline), reason, at);
        assertThat(LegOutcome.of(pod.build(), DEADLINES, deadline.minusSeconds(1)))
                .isNotInstanceOf(Failed.class);
    }

    /** So its failure is known although the pass that deleted it could not write it down. */
    @ParameterizedTest(name = "{0}: {2} at {3}")
    @MethodSource("tooLate")
    void whatWasDeletedForBeingLateHasFailed(String promise, LegPodBuilder pod, FailureReason reason, String at) {
        var graceOver = Instant.parse(at).plusSeconds(10).toString();

        assertFails(LegOutcome.of(pod.deletedAt(graceOver).build(), DEADLINES, EARLY), reason, at);
    }

    @Test
    void aPodThatToleratesItsLostNodeIsGivenUpAfterFiveMinutes() {
        var pod = aPod().running().silentSince("2026-11-21T12:10:00Z").build();

        assertThat(LegOutcome.of(pod, DEADLINES, Instant.parse("2026-11-21T12:14:59Z")))
                .isInstanceOf(LegOutcome.Building.class);
        assertFails(
                LegOutcome.of(pod, DEADLINES, Instant.parse("2026-11-21T12:15:00Z")),
                FailureReason.NodeLost,
                "2026-11-21T12:15:00Z");
    }

    @Test
    void aPodThatDoesNotStartSaysWhichSecretsItAwaits() {
        var pod = aPod().scheduled().mounting("registry").mounting("github").build();

        assertThat(LegOutcome.of(pod, DEADLINES, Instant.parse(START_OVER)))
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.failure().message())
                                .endsWith(
                                        " It mounts Secret 'registry', 'github': check that it is in namespace 'shop' and has the keys of its type."));
    }

    @Test
    void theStepAndItsLinesStayWhateverTheCauseBehindThem() {
        var told =
                "{\"failure\":{\"class\":\"User\",\"reason\":\"StepFailed\",\"step\":\"RUN make\",\"location\":\"Dockerfile:7\",\"exitCode\":2,\"message\":\"make failed.\",\"lastLines\":[\"no rule\"],\"registry\":\"r.example:5000\"}}";

        assertThat(LegOutcome.of(aPod().ended(1, "Error", told).build(), DEADLINES, EARLY))
                .isEqualTo(new Failed(
                        new LegFailure(
                                FailureClass.User,
                                FailureReason.StepFailed,
                                "RUN make",
                                "Dockerfile:7",
                                2,
                                "make failed.",
                                List.of("no rule"),
                                NODE,
                                "r.example:5000"),
                        ENDED));
        assertThat(LegOutcome.of(
                        aPod().ended(1, "Error", told)
                                .daemonEnded(1, "OOMKilled", ENDED)
                                .build(),
                        DEADLINES,
                        EARLY))
                .isEqualTo(new Failed(
                        new LegFailure(
                                FailureClass.OutOfMemory,
                                FailureReason.OutOfMemory,
                                "RUN make",
                                "Dockerfile:7",
                                2,
                                "BuildKit or one of its steps was killed for want of memory (OOMKilled).",
                                List.of("no rule"),
                                NODE,
                                "r.example:5000"),
                        ENDED));
    }

    private static void assertFails(LegOutcome outcome, FailureReason reason, String at) {
        assertThat(outcome).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.failure().reason()).isEqualTo(reason);
            assertThat(failed.failure().failureClass()).isEqualTo(reason.failureClass());
            assertThat(failed.failure().node()).isEqualTo(NODE);
            assertThat(failed.failure().message()).isNotBlank().hasSizeLessThanOrEqualTo(1024);
            assertThat(failed.finishedAt()).isEqualTo(at);
        });
    }

    private static LegPodBuilder evicted(String message) {
        return aPod().failed("Evicted", message).disrupted("TerminationByKubelet", message);
    }

    private static String word(String failureClass, @Nullable String reason) {
        var given = reason == null ? "" : ",\"reason\":\"" + reason + "\"";
        return "{\"failure\":{\"class\":\"%s\"%s,\"exitCode\":2,\"message\":\"It failed.\"}}"
                .formatted(failureClass, given);
    }

    private static Arguments fails(String promise, LegPodBuilder pod, FailureReason reason) {
        return fails(promise, pod, reason, ENDED);
    }

    private static Arguments late(String promise, LegPodBuilder pod, String at, FailureReason reason) {
        return fails(promise, pod, reason, at);
    }

    private static Arguments fails(String promise, LegPodBuilder pod, FailureReason reason, String at) {
        return arguments(promise, pod, reason, at);
    }
}
