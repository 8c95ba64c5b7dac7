package dev.trestle.core.observe;

import dev.trestle.api.FailureReason;
import dev.trestle.api.LegFailure;
import dev.trestle.core.Text;
import dev.trestle.core.config.Deadlines;
import dev.trestle.core.render.LegPod;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateRunning;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Until when a pod may stay in the phase that it is in, and how it has failed if it does not leave it.
 *
 * @param failure the failure that the leg has then
 */
public record PhaseDeadline(Instant at, LegFailure failure) {
    private static final int LONGEST_CAUSE = 800;

    /** The leg's script ends a build by itself, and tells the step; this much later it is believed to be unable to. */
    static final Duration OVERTIME = Duration.ofMinutes(5);

    private static final Set<String> IMAGE_PULL = Set.of(
            "ImagePullBackOff",
            "ErrImagePull",
            "ErrImageNeverPull",
            "InvalidImageName",
            "ImageInspectError",
            "RegistryUnavailable",
            "SignatureValidationFailed");

    /** @return empty when the pod has ended, or its phase has no deadline */
    public static Optional<PhaseDeadline> of(Pod pod, Deadlines deadlines) {
        if (LegOutcome.hasEnded(pod)) {
            return Optional.empty();
        }
        return LegContainers.build(pod)
                .map(ContainerState::getRunning)
                .map(running -> ofRunning(pod, running, deadlines))
                .or(() -> PodStart.scheduledAt(pod).map(at -> ofStart(pod, at, deadlines)))
                .or(() -> deadlines.queue().map(limit -> ofQueue(pod, limit)));
    }

    /** Whether the pod's time was over: by now, or when it was deleted. */
    public boolean isOver(Pod pod, Instant now) {
        var deleted = pod.getMetadata().getDeletionTimestamp();
        var seen = deleted == null ? now : Instant.parse(deleted).minus(LegPod.grace(pod));
        return !at.isAfter(seen);
    }

    private static PhaseDeadline ofRunning(Pod pod, ContainerStateRunning running, Deadlines deadlines) {
        var build = ofBuild(running, deadlines);
        return SilentNode.since(pod)
                .map(SilentNode::deadline)
                .filter(silent -> silent.at().isBefore(build.at()))
                .orElse(build);
    }

    private static PhaseDeadline ofBuild(ContainerStateRunning running, Deadlines deadlines) {
        return new PhaseDeadline(
                Instant.parse(running.getStartedAt()).plus(deadlines.build()).plus(OVERTIME),
                LegFailure.of(
                        FailureReason.BuildTimeout,
                        null,
                        "The build took longer than the pool's 'buildDeadlineSeconds' of %d, and its pod did not end it."
                                .formatted(deadlines.build().toSeconds())));
    }

    private static PhaseDeadline ofStart(Pod pod, Instant scheduledAt, Deadlines deadlines) {
        var waiting = LegContainers.waiting(pod);
        var reason = waiting.map(ContainerStateWaiting::getReason)
                        .filter(IMAGE_PULL::contains)
                        .isPresent()
                ? FailureReason.ImagePull
                : FailureReason.StartTimeout;
        var why = waiting.map(found -> " %s: %s".formatted(found.getReason(), found.getMessage()))
                .orElseGet(() -> PodStart.secrets(pod));
        return new PhaseDeadline(
                scheduledAt.plus(deadlines.start()),
                LegFailure.of(
                        reason,
                        null,
                        "The pod did not start within the pool's 'startDeadlineSeconds' of %d.%s"
                                .formatted(deadlines.start().toSeconds(), cut(why))));
    }

    private static PhaseDeadline ofQueue(Pod pod, Duration limit) {
        var why = PodStart.unschedulable(pod).map(text -> " " + text).orElse("");
        return new PhaseDeadline(
                Instant.parse(pod.getMetadata().getCreationTimestamp()).plus(limit),
                LegFailure.of(
                        FailureReason.QueueTimeout,
                        null,
                        "The pod found no node within the pool's 'queueDeadlineSeconds' of %d.%s"
                                .formatted(limit.toSeconds(), cut(why))));
    }

    private static String cut(String text) {
        return Text.atMost(LONGEST_CAUSE, text);
    }
}
