package dev.trestle.core.plan;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/**
 * The queue's answer to one build.
 *
 * @param names pods, and the merge, that the build may start although pools or registries have limits
 * @param backoffs registries that are rate-limiting, each with the message for the legs and merges that wait for it
 */
public record Admitted(Set<String> names, Map<String, String> backoffs) {
    /** Nothing has a limit. */
    public static final Admitted UNLIMITED = new Admitted(Set.of(), Map.of());

    public Admitted {
        names = Set.copyOf(names);
        backoffs = Map.copyOf(backoffs);
    }

    /** No name is admitted yet; these registries are rate-limiting. */
    public static Admitted backingOff(Map<String, String> registries) {
        return new Admitted(Set.of(), registries);
    }

    /** The same answer, with these names admitted. */
    public Admitted with(Set<String> names) {
        return new Admitted(names, backoffs);
    }

    /** The message of the first of these registries that is rate-limiting. */
    Optional<String> backoffOf(SortedSet<String> registries) {
        return registries.stream().filter(backoffs::containsKey).findFirst().map(backoffs::get);
    }
}
