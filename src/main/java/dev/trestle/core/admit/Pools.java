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
 * @param rooms how many more may start, by registry; one that is not here has no limit
 */
public record Pools(
        Map<String, Limits> limits,
        List<DueLeg> due,
        List<RunningLeg> running,
        Map<String, Integer> rooms,
        Instant now) {
    public Pools {
        rooms = Map.copyOf(rooms);
        limits = Map.copyOf(limits);
        due = List.copyOf(due);
        running = List.copyOf(running);
    }
}
