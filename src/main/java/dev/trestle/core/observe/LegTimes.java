package dev.trestle.core.observe;

import dev.trestle.core.render.LegPod;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How long a leg waited for its start, and how long it was built. */
public record LegTimes(Duration queueWait, Duration build) {

    /** @return empty while the build container has not ended */
    public static Optional<LegTimes> of(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream()
                .filter(status -> status.getName().equals(LegPod.BUILD_CONTAINER) && status.getState() != null)
                .map(status -> Optional.ofNullable(status.getState().getTerminated()))
                .flatMap(Optional::stream)
                .filter(terminated -> terminated.getStartedAt() != null)
                .map(terminated -> {
                    var started = Instant.parse(terminated.getStartedAt());
                    var created = Instant.parse(pod.getMetadata().getCreationTimestamp());
                    return new LegTimes(
                            Duration.between(created, started),
                            Duration.between(started, Instant.parse(terminated.getFinishedAt())));
                })
                .findFirst();
    }
}
