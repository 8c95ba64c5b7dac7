package dev.trestle.core.admit;

import java.util.HashMap;
import java.util.Map;

/** How many more legs and merges the registries let start; one that is not here does not count. */
final class Rooms {
    private final Map<String, Integer> left;

    Rooms(Map<String, Integer> left) {
        this.left = new HashMap<>(left);
    }

    /** Whether one of its registries is rate-limiting. */
    boolean limit(DueLeg leg) {
        return leg.registries().stream().anyMatch(left::containsKey);
    }

    boolean isFor(DueLeg leg) {
        return leg.registries().stream().allMatch(registry -> left.getOrDefault(registry, 1) > 0);
    }

    void take(DueLeg leg) {
        leg.registries().forEach(registry -> left.computeIfPresent(registry, (_, room) -> room - 1));
    }
}
