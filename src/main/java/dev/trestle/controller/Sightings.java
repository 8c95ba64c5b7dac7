package dev.trestle.controller;

import dev.trestle.core.admit.PodKey;
import dev.trestle.core.admit.PodsSeen;
import dev.trestle.core.admit.RegistriesSeen;
import dev.trestle.core.admit.RegistryBudget;
import dev.trestle.core.admit.RegistryUse;
import dev.trestle.core.admit.RunningLeg;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;

/** Legs and merges as the informers have them. */
record Sightings(LegPodSource pods, MergeSource merges) implements PodsSeen, RegistriesSeen {
    @Override
    public List<RunningLeg> runningIn(String pool) {
        return pods.runningIn(pool);
    }

    @Override
    public Sighting look(PodKey key) {
        return pods.look(key).or(() -> merges.look(key)).orElse(Sighting.Absent);
    }

    /** Mostly no more is looked at than those that were answered 429: a success shortens a pause, and begins none. */
    @Override
    public List<RegistryUse> usesOf(String registry, Instant now) {
        var limited = Stream.concat(pods.limitedBy(registry).stream(), merges.limitedBy(registry).stream())
                .toList();
        if (RegistryBudget.of(registry, limited, now).isEmpty()) {
            return List.of();
        }
        var uses = new HashMap<PodKey, RegistryUse>();
        pods.usesOf(registry).forEach(use -> uses.put(use.who(), use));
        merges.usesOf(registry).forEach(use -> uses.put(use.who(), use));
        limited.forEach(use -> uses.put(use.who(), use));
        return List.copyOf(uses.values());
    }
}
