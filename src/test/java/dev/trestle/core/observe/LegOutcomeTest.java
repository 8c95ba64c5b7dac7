package dev.trestle.core.observe;

import static dev.trestle.core.observe.LegPodBuilder.ENDED;
import static dev.trestle.core.observe.LegPodBuilder.STARTED;
import static dev.trestle.core.observe.LegPodBuilder.aPod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.trestle.api.LegFailure;
import dev.trestle.api.LegFailure.FailureClass;
import dev.trestle.core.observe.LegOutcome.Building;
import dev.trestle.core.observe.LegOutcome.Ending;
import dev.trestle.core.observe.LegOutcome.Failed;
import dev.trestle.core.observe.LegOutcome.Queued;
import dev.trestle.core.observe.LegOutcome.Succeeded;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LegOutcomeTest {
    private static final String DIGEST = "sha256:" + "a".repeat(64);
    private static final String PUSHED =
            "{\"digest\":\"%s\",\"seconds\":28,\"steps\":9,\"cachedSteps\":4}".formatted(DIGEST);
    private static final String COMPILE_ERROR =
            "{\"failure\":{\"class\":\"User\",\"step\":\"RUN make\",\"location\":\"Dockerfile:7\",\"exitCode\":2,\"message\":\"make failed.\",\"lastLines\":[\"no rule\"]}}";

    static Stream<Arguments> onTheWay() {
        return Stream.of(
                row("a pod that nobody has looked at is queued", LegPodBuilder.unseen(), new Queued(Optional.empty())),
                row("so is one without containers", aPod(), new Queued(Optional.empty())),
                row(
                        "the scheduler says why it has no node",
                        aPod().unschedulable("0/3 nodes are available."),
                        new Queued(Optional.of("No node takes the pod: 0/3 nodes are available."))),
                row(
                        "the kubelet says why its image does not come",
                        aPod().waiting("ImagePullBackOff", "not found"),
                        new Queued(Optional.of("ImagePullBackOff: not found"))),
                row("a container that runs builds", aPod().running(), new Building(STARTED)));
    }

    static Stream<Arguments> ended() {
        return Stream.of(
                row(
                        "an exit code of 0 and a digest is an image",
                        aPod().ended(0, "Completed", PUSHED),
                        new Succeeded(DIGEST, ENDED, Optional.of(28L), Optional.of(9), Optional.of(4))),
                row(
                        "the digest is enough",
                        aPod().ended(0, "Completed", "{\"digest\":\"%s\"}".formatted(DIGEST)),
                        new Succeeded(DIGEST, ENDED, Optional.empty(), Optional.empty(), Optional.empty())),
                fails(
                        "without a digest there is no image",
                        aPod().ended(0, "Completed", null),
                        FailureClass.Infrastructure,
                        0,
                        "The build container ended well but left no digest in its termination message."),
                fails(
                        "nonsense is no digest",
                        aPod().ended(0, "Completed", "{\"digest\":\"sha256:1\"}"),
                        FailureClass.Infrastructure,
                        0,
                        "The build container ended well but left no digest in its termination message."),
                row(
                        "the builder's own words are the failure",
                        aPod().ended(1, "Error", COMPILE_ERROR),
                        new Failed(
                                new LegFailure(
                                        FailureClass.User,
                                        "RUN make",
                                        "Dockerfile:7",
                                        2,
                                        "make failed.",
                                        List.of("no rule")),
                                ENDED)),
                fails(
                        "a class of a newer builder is told by the exit code",
                        aPod().ended(
                                        1,
                                        "Error",
                                        "{\"failure\":{\"class\":\"Cosmic\",\"exitCode\":1,\"message\":\"rays\"}}"),
                        FailureClass.User,
                        1,
                        "rays"),
                fails(
                        "exit code 1 without a word is the build's fault",
                        aPod().ended(1, "Error", null),
                        FailureClass.User,
                        1,
                        "The build container ended with exit code 1 (Error) and left no result."),
                fails(
                        "exit code 3 is a node of another platform",
                        aPod().ended(3, "Error", null),
                        FailureClass.WrongPlatform,
                        3,
                        "The build container ended with exit code 3 (Error) and left no result."),
                fails(
                        "a kill for memory is the pool's size",
                        aPod().ended(137, "OOMKilled", null),
                        FailureClass.OutOfMemory,
                        137,
                        "The build container ended with exit code 137 (OOMKilled) and left no result."),
                fails(
                        "any other kill is not the build's fault",
                        aPod().ended(137, "Error", null),
                        FailureClass.Infrastructure,
                        137,
                        "The build container ended with exit code 137 (Error) and left no result."));
    }

    static Stream<Arguments> endedByTheCluster() {
        return Stream.of(
                row(
                        "an evicted pod is not the build's fault",
                        aPod().failed("Evicted", "The node was low on resource: memory."),
                        endedByCluster(
                                FailureClass.Infrastructure,
                                "The pod was ended by the cluster: Evicted. The node was low on resource: memory.")),
                row(
                        "a deadline is its own class",
                        aPod().failed("DeadlineExceeded", "Pod was active too long."),
                        endedByCluster(
                                FailureClass.DeadlineExceeded,
                                "The pod was ended by the cluster: DeadlineExceeded. Pod was active too long.")));
    }

    static Stream<Arguments> deleted() {
        return Stream.of(
                row("a deleted pod is ending", aPod().deleted(), new Ending()),
                row("while it builds", aPod().running().deleted(), new Ending()),
                row(
                        "when its container was ended by that",
                        aPod().ended(143, "Error", null).deleted(),
                        new Ending()),
                row(
                        "and when it had pushed, for its anchor may be another's by now",
                        aPod().ended(0, "Completed", PUSHED).deleted(),
                        new Ending()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"onTheWay", "ended", "endedByTheCluster", "deleted"})
    void isWhatThePodSays(String promise, Pod pod, LegOutcome expected) {
        assertThat(LegOutcome.of(pod)).isEqualTo(expected);
    }

    private static Failed endedByCluster(FailureClass failureClass, String message) {
        return new Failed(new LegFailure(failureClass, null, null, null, message, List.of()), STARTED);
    }

    private static Arguments fails(
            String promise, LegPodBuilder pod, FailureClass failureClass, @Nullable Integer exitCode, String message) {
        return row(
                promise,
                pod,
                new Failed(new LegFailure(failureClass, null, null, exitCode, message, List.of()), ENDED));
    }

    private static Arguments row(String promise, LegPodBuilder pod, LegOutcome expected) {
        return row(promise, pod.build(), expected);
    }

    private static Arguments row(String promise, Pod pod, LegOutcome expected) {
        return arguments(promise, pod, expected);
    }
}
