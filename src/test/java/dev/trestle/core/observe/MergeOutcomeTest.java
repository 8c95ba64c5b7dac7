package dev.trestle.core.observe;

import static dev.trestle.core.observe.MergePodBuilder.ENDED;
import static dev.trestle.core.observe.MergePodBuilder.JOB_ENDED;
import static dev.trestle.core.observe.MergePodBuilder.besideARunningSidecar;
import static dev.trestle.core.observe.MergePodBuilder.endedPod;
import static dev.trestle.core.observe.MergePodBuilder.jobThatFailedBy;
import static dev.trestle.core.observe.MergePodBuilder.jobWith;
import static dev.trestle.core.observe.MergePodBuilder.podWithASidecarThatSays;
import static dev.trestle.core.observe.MergePodBuilder.runningJob;
import static dev.trestle.core.observe.MergePodBuilder.runningPod;
import static dev.trestle.core.observe.MergePodBuilder.scheduledPod;
import static dev.trestle.core.observe.MergePodBuilder.unseenJob;
import static dev.trestle.core.observe.MergePodBuilder.unseenPod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.trestle.api.PlatformImage;
import dev.trestle.core.observe.MergeOutcome.Cause;
import dev.trestle.core.observe.MergeOutcome.Failed;
import dev.trestle.core.observe.MergeOutcome.Limited;
import dev.trestle.core.observe.MergeOutcome.Running;
import dev.trestle.core.observe.MergeOutcome.Succeeded;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MergeOutcomeTest {
    private static final String INDEX = "sha256:" + "1".repeat(64);
    private static final String IMAGE = "sha256:" + "a".repeat(64);
    private static final String MERGED =
            "{\"digest\":\"%s\",\"platforms\":[{\"platform\":\"linux/amd64\",\"digest\":\"%s\",\"size\":7}],\"attestations\":1}"
                    .formatted(INDEX, IMAGE);
    private static final Succeeded SUCCEEDED =
            new Succeeded(INDEX, List.of(new PlatformImage("linux/amd64", IMAGE, 7L)), ENDED);

    private static final Failed WITHOUT_RESULT = Failed.notStarted(
            "the merge's Job is complete but left no digest: its pod is gone, or wrote none", JOB_ENDED);

    private static final String REFUSED =
            "{\"failure\":{\"class\":\"User\",\"message\":\"'quay.io/acme/app' refuses the push.\"}}";
    private static final String UNREACHABLE =
            "{\"failure\":{\"class\":\"Infrastructure\",\"message\":\"'quay.io' does not answer.\"}}";

    static Stream<Arguments> running() {
        return Stream.of(
                row("a Job that was just created runs", unseenJob(), new Running()),
                row("a Job without a pod runs", runningJob(), new Running()),
                row("so does one whose pod has no status", runningJob(), new Running(), unseenPod()),
                row("or is not started", runningJob(), new Running(), scheduledPod()),
                row("or is at work", runningJob(), new Running(), runningPod()),
                row("a failed pod is tried again by the Job", runningJob(), new Running(), endedPod(2, UNREACHABLE)),
                row(
                        "a Job that is complete waits for a pod whose end we have not seen",
                        jobWith("Complete", "True"),
                        new Running(),
                        runningPod()),
                row("a Job that is about to fail has not failed", jobWith("FailureTarget", "True"), new Running()),
                row("a failure that is not true is none", jobWith("Failed", "False"), new Running()));
    }

    static Stream<Arguments> succeeded() {
        return Stream.of(
                row("a pod tells success before its Job does", runningJob(), SUCCEEDED, endedPod(0, MERGED)),
                row("even before its Job has any status", unseenJob(), SUCCEEDED, endedPod(0, MERGED)),
                row(
                        "an attempt before it may have failed",
                        runningJob(),
                        SUCCEEDED,
                        endedPod(2, UNREACHABLE),
                        endedPod(0, MERGED)),
                row(
                        "what is tagged is tagged, whatever the Job says",
                        jobWith("Failed", "True"),
                        SUCCEEDED,
                        endedPod(0, MERGED)),
                row(
                        "a result without platforms is one all the same",
                        runningJob(),
                        new Succeeded(INDEX, List.of(), ENDED),
                        endedPod(0, "{\"digest\":\"%s\"}".formatted(INDEX))));
    }

    static Stream<Arguments> failed() {
        return Stream.of(
                row(
                        "a Job that is complete and has no pod left has no result",
                        jobWith("Complete", "True"),
                        WITHOUT_RESULT),
                row(
                        "nor has one whose pod wrote no digest",
                        jobWith("Complete", "True"),
                        WITHOUT_RESULT,
                        endedPod(0, "{\"digest\":\"nonsense\"}")),
                fails(
                        "the pod's own words are the reason",
                        "'quay.io/acme/app' refuses the push.",
                        endedPod(1, REFUSED)),
                passes(
                        "a registry that is down is asked again",
                        "'quay.io' does not answer.",
                        endedPod(2, UNREACHABLE)),
                passes(
                        "without words it is the exit code",
                        "the merge's container ended with exit code 137",
                        endedPod(137, null)),
                fails("blank words are none", "the merge's container ended with exit code 1", endedPod(1, " \n")),
                fails(
                        "so is what is no JSON",
                        "the merge's container ended with exit code 1",
                        endedPod(1, "Exception in thread")),
                fails(
                        "so is JSON of another shape",
                        "the merge's container ended with exit code 1",
                        endedPod(1, "[1]")),
                fails(
                        "so is JSON that is cut off",
                        "the merge's container ended with exit code 1",
                        endedPod(1, "{\"failure\":")),
                row(
                        "what is gone and what came later is told",
                        jobWith("Failed", "True"),
                        new Failed(
                                "Gone.",
                                List.of("linux/arm64"),
                                Optional.of(7L),
                                Optional.empty(),
                                Cause.Refused,
                                JOB_ENDED),
                        endedPod(
                                1,
                                "{\"failure\":{\"message\":\"Gone.\",\"gone\":[\"linux/arm64\"],\"supersededBy\":7}}")),
                row(
                        "a registry that has had enough is told, and when it may be asked again",
                        jobWith("Failed", "True"),
                        new Failed(
                                "HTTP 429.",
                                List.of(),
                                Optional.empty(),
                                Optional.of(new Limited("quay.io", Optional.of(Duration.ofSeconds(90)))),
                                Cause.Transient,
                                JOB_ENDED),
                        endedPod(
                                4,
                                "{\"failure\":{\"message\":\"HTTP 429.\",\"limitedBy\":\"quay.io\",\"retryAfter\":90}}")),
                row(
                        "a Job that ended by its deadline says so",
                        jobThatFailedBy("DeadlineExceeded", "Job was active longer than specified deadline"),
                        Failed.notStarted(
                                "the merge's Job failed and left no pod that says why (DeadlineExceeded: Job was active longer than specified deadline)",
                                JOB_ENDED)),
                row(
                        "beside a sidecar that runs on, the merge's own words count at once",
                        runningJob(),
                        new Failed(
                                "'quay.io' does not answer.",
                                List.of(),
                                Optional.empty(),
                                Optional.empty(),
                                Cause.BesideAnother,
                                ENDED),
                        besideARunningSidecar(2, UNREACHABLE)),
                row(
                        "and what is refused stays so",
                        runningJob(),
                        new Failed(
                                "'quay.io/acme/app' refuses the push.",
                                List.of(),
                                Optional.empty(),
                                Optional.empty(),
                                Cause.Refused,
                                ENDED),
                        besideARunningSidecar(1, REFUSED)),
                fails("a failure may have no message", "no message", endedPod(1, "{\"failure\":{\"class\":\"User\"}}")),
                fails(
                        "a digest beside a bad exit code is none",
                        "the merge's container ended with exit code 1",
                        endedPod(1, MERGED)),
                neverRan(
                        "without pods there is nobody to say why",
                        "the merge's Job failed and left no pod that says why"),
                neverRan(
                        "nor with pods that never ran",
                        "the merge's Job failed and left no pod that says why",
                        scheduledPod()),
                neverRan(
                        "another container's words are not the merge's",
                        "the merge's Job failed and left no pod that says why",
                        podWithASidecarThatSays(MERGED)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"running", "succeeded", "failed"})
    void isWhatJobAndPodsSay(String promise, Job job, List<Pod> pods, MergeOutcome expected) {
        assertThat(MergeOutcome.of(job, pods)).isEqualTo(expected);
    }

    private static Arguments row(String promise, Job job, MergeOutcome expected, Pod... pods) {
        return arguments(promise, job, List.of(pods), expected);
    }

    private static Arguments fails(String promise, String message, Pod... pods) {
        var failed = new Failed(message, List.of(), Optional.empty(), Optional.empty(), Cause.Refused, JOB_ENDED);
        return row(promise, jobWith("Failed", "True"), failed, pods);
    }

    /** The same merge may go well later. */
    private static Arguments passes(String promise, String message, Pod... pods) {
        var failed = new Failed(message, List.of(), Optional.empty(), Optional.empty(), Cause.Transient, JOB_ENDED);
        return row(promise, jobWith("Failed", "True"), failed, pods);
    }

    /** The container never ran, or left nothing. */
    private static Arguments neverRan(String promise, String message, Pod... pods) {
        return row(promise, jobWith("Failed", "True"), Failed.notStarted(message, JOB_ENDED), pods);
    }
}
