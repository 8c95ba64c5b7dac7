package dev.trestle.core.observe;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How long a leg waited for its start, and how long it was built; never negative, though each time is of another machine's clock. */
public record LegTimes(Duration queueWait, Duration build) {

    /** @return empty while the build container has not ended */
    public static Optional<LegTimes> of(Pod pod) {
        return LegContainers.buildEnd(pod)
                .filter(terminated -> terminated.getStartedAt() != null)
                .map(terminated -> {
                    var started = Instant.parse(terminated.getStartedAt());
                    var created = Instant.parse(pod.getMetadata().getCreationTimestamp());
                    return new LegTimes(
                            between(created, started), between(started, Instant.parse(terminated.getFinishedAt())));
                });
    }

    private static Duration between(Instant from, Instant to) {
        return to.isBefore(from) ? Duration.ZERO : Duration.between(from, to);
    }
}
