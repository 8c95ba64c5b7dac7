package dev.trestle.core.admit;

import dev.trestle.core.config.Limits;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * All pools at one moment.
 *
 * @param limits by pool; a pool that is not here has none
 * @param due legs that wait
 * @param running legs that have a place
 */
public record Pools(Map<String, Limits> limits, List<DueLeg> due, List<RunningLeg> running, Instant now) {
    public Pools {
        limits = Map.copyOf(limits);
        due = List.copyOf(due);
        running = List.copyOf(running);
    }
}
