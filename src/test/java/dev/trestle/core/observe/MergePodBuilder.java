package dev.trestle.core.observe;

import dev.trestle.core.render.MergeJob;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import org.jspecify.annotations.Nullable;

/** Pods of a merge and their Job, as the kubelet and the Job controller report them. */
final class MergePodBuilder {
    static final String ENDED = "2026-11-21T12:00:05Z";
    static final String JOB_ENDED = "2026-11-21T12:00:07Z";

    private MergePodBuilder() {}

    static Pod unseenPod() {
        return new PodBuilder()
                .withNewMetadata()
                .withName("unseen")
                .endMetadata()
                .build();
    }

    static Pod scheduledPod() {
        return aPod(container(MergeJob.CONTAINER).build());
    }

    static Pod runningPod() {
        return aPod(container(MergeJob.CONTAINER)
                .withNewState()
                .withNewRunning()
                .withStartedAt("2026-11-21T12:00:01Z")
                .endRunning()
                .endState()
                .build());
    }

    static Pod endedPod(int exitCode, @Nullable String message) {
        return aPod(ended(MergeJob.CONTAINER, exitCode, message));
    }

    /** A mesh's sidecar, say, that ends beside the merge. */
    static Pod podWithASidecarThatSays(String message) {
        return aPod(ended("sidecar", 0, message));
    }

    /** A mesh's sidecar that does not end when the merge does. */
    static Pod besideARunningSidecar(int exitCode, @Nullable String message) {
        return new PodBuilder(aPod(ended(MergeJob.CONTAINER, exitCode, message)))
                .editStatus()
                .addToContainerStatuses(container("mesh")
                        .withNewState()
                        .withNewRunning()
                        .withStartedAt("2026-11-21T12:00:01Z")
                        .endRunning()
                        .endState()
                        .build())
                .endStatus()
                .build();
    }

    static Job jobThatFailedBy(String reason, String message) {
        return new JobBuilder(jobWith("Failed", "True"))
                .editStatus()
                .editFirstCondition()
                .withReason(reason)
                .withMessage(message)
                .endCondition()
                .endStatus()
                .build();
    }

    static Job runningJob() {
        return new JobBuilder().withNewStatus().withActive(1).endStatus().build();
    }

    static Job unseenJob() {
        return new JobBuilder().build();
    }

    static Job jobWith(String condition, String status) {
        return new JobBuilder()
                .withNewStatus()
                .addNewCondition()
                .withType(condition)
                .withStatus(status)
                .withLastTransitionTime(JOB_ENDED)
                .endCondition()
                .endStatus()
                .build();
    }

    private static Pod aPod(ContainerStatus container) {
        return new PodBuilder()
                .withNewStatus()
                .withContainerStatuses(container)
                .endStatus()
                .build();
    }

    private static ContainerStatusBuilder container(String name) {
        return new ContainerStatusBuilder().withName(name);
    }

    private static ContainerStatus ended(String container, int exitCode, @Nullable String message) {
        return container(container)
                .withNewState()
                .withNewTerminated()
                .withExitCode(exitCode)
                .withMessage(message)
                .withFinishedAt(ENDED)
                .endTerminated()
                .endState()
                .build();
    }
}
