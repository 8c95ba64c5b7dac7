package dev.trestle.core.admit;

import dev.trestle.core.admit.PodsSeen.Sighting;
import dev.trestle.core.config.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The queue before the pools and before registries that are rate-limiting: the legs that wait, and those that are admitted and whose pods
 * are not there yet. A place that is not taken is given back: at once when the leg is no longer due or its pod was refused, else after
 * {@link #LONGEST_START}. After a restart it is empty, and running legs are counted from their pods. Not safe for threads.
 */
public final class WaitingLegs {
    /** No create takes longer; a build whose passes fail must not keep others out. */
    static final Duration LONGEST_START = Duration.ofSeconds(30);

    private final Map<BuildKey, List<DueLeg>> waiting = new LinkedHashMap<>();
    private final Map<PodKey, Place> places = new HashMap<>();

    /** A place that was given to a leg, from when on its start is awaited. */
    private record Place(DueLeg leg, Instant givenAt, boolean isClaimed) {
        boolean isFor(DueLeg due) {
            return leg.podKey().equals(due.podKey()) && leg.pool().equals(due.pool());
        }

        Place claimed(Instant at) {
            return isClaimed ? this : new Place(leg, at, true);
        }
    }

    /** The moment that is decided about. */
    public record Moment(Map<String, Limits> limits, PodsSeen pods, RegistriesSeen registries, Instant now) {}

    /**
     * The result.
     *
     * @param admitted pods that the build may start now
     * @param woken other builds that may start a leg now, and do not know it yet
     */
    public record Answer(Set<String> admitted, Set<BuildKey> woken) {}

    /**
     * A build says which of its legs are due and bound by a limit; those that it said before and does not now wait no longer.
     *
     * @param due {@code since} counts for legs that are new here
     */
    public Answer tell(BuildKey build, List<DueLeg> due, Moment moment) {
        expire(moment);
        giveBack(build, due, moment.pods());
        var before = waiting.getOrDefault(build, List.of());
        wait(
                build,
                due.stream()
                        .filter(leg -> !places.containsKey(leg.podKey()))
                        .map(leg -> leg.since(firstSeen(leg, before)))
                        .toList());
        var woken = admit(moment);
        woken.remove(build);
        return new Answer(claim(due, moment.now()), woken);
    }

    /** These pods could not be made: their places go to others. */
    public Set<BuildKey> refused(Set<PodKey> pods, Moment moment) {
        places.keySet().removeAll(pods);
        return admit(moment);
    }

    /** Gives places back that were not taken, forgets builds that are gone, and admits the legs that can be admitted. */
    public Set<BuildKey> sweep(Predicate<BuildKey> isThere, Moment moment) {
        waiting.keySet().removeIf(build -> !isThere.test(build));
        expire(moment);
        return admit(moment);
    }

    /** Whether anything of this build waits, or has been let in and is not known to have started. */
    public boolean know(BuildKey build) {
        return waiting.containsKey(build)
                || places.values().stream()
                        .anyMatch(place -> place.leg().build().equals(build));
    }

    /** Legs whose turn has not come. */
    public List<DueLeg> waiting() {
        return waiting.values().stream().flatMap(List::stream).toList();
    }

    private void expire(Moment moment) {
        places.values()
                .removeIf(place -> place.givenAt().plus(LONGEST_START).isBefore(moment.now())
                        && moment.pods().look(place.leg().podKey()) != Sighting.Running);
    }

    /** A leg that is due no more has been started, or is not wanted. */
    private void giveBack(BuildKey build, List<DueLeg> due, PodsSeen pods) {
        places.values()
                .removeIf(place -> place.leg().build().equals(build)
                        && due.stream().noneMatch(place::isFor)
                        && pods.look(place.leg().podKey()) != Sighting.Running);
    }

    private void wait(BuildKey build, List<DueLeg> legs) {
        if (legs.isEmpty()) {
            waiting.remove(build);
        } else {
            waiting.put(build, legs);
        }
    }

    /** Inputs that move on while a leg waits do not send it to the end of the queue. */
    private static Instant firstSeen(DueLeg leg, List<DueLeg> before) {
        return before.stream()
                .filter(other -> other.platform().equals(leg.platform()))
                .map(DueLeg::since)
                .findFirst()
                .orElse(leg.since());
    }

    private Set<BuildKey> admit(Moment moment) {
        if (waiting.isEmpty()) {
            return new HashSet<>();
        }
        var due = waiting();
        var running = running(due, moment.pods());
        var admitted = Admission.startNow(new Pools(moment.limits(), due, running, rooms(due, moment), moment.now()));
        admitted.forEach(leg -> {
            places.put(leg.podKey(), new Place(leg, moment.now(), false));
            wait(leg.build(), without(leg));
        });
        return admitted.stream().map(DueLeg::build).collect(Collectors.toCollection(HashSet::new));
    }

    private List<DueLeg> without(DueLeg leg) {
        return waiting.getOrDefault(leg.build(), List.of()).stream()
                .filter(other -> !other.equals(leg))
                .toList();
    }

    /** A place counts until the pod that has taken it is told of by the API server. */
    private List<RunningLeg> running(List<DueLeg> due, PodsSeen pods) {
        var running = new ArrayList<RunningLeg>();
        due.stream().map(DueLeg::pool).distinct().forEach(pool -> running.addAll(pods.runningIn(pool)));
        var seen = running.stream().map(RunningLeg::pod).collect(Collectors.toSet());
        places.keySet().removeIf(pod -> seen.contains(pod) || pods.look(pod) == Sighting.Ended);
        places.values().forEach(place -> running.add(place.leg().running()));
        return running;
    }

    private Map<String, Integer> rooms(List<DueLeg> due, Moment moment) {
        var rooms = new HashMap<String, Integer>();
        due.stream()
                .flatMap(leg -> leg.registries().stream())
                .distinct()
                .forEach(registry -> RegistryBudget.of(registry, usesOf(registry, moment), moment.now())
                        .ifPresent(budget -> rooms.put(registry, budget.room())));
        return rooms;
    }

    /** With those that were let in and are not known to have started. */
    private List<RegistryUse> usesOf(String registry, Moment moment) {
        var uses = new ArrayList<>(moment.registries().usesOf(registry, moment.now()));
        if (!uses.isEmpty()) {
            var known = uses.stream().map(RegistryUse::who).collect(Collectors.toSet());
            places.values().stream()
                    .filter(place -> place.leg().registries().contains(registry)
                            && !known.contains(place.leg().podKey()))
                    .forEach(place -> uses.add(
                            new RegistryUse(place.leg().podKey(), place.givenAt(), new RegistryUse.Answer.None())));
        }
        return uses;
    }

    private Set<String> claim(List<DueLeg> due, Instant now) {
        return due.stream()
                .map(DueLeg::podKey)
                .flatMap(pod -> claimed(pod, now))
                .collect(Collectors.toSet());
    }

    private Stream<String> claimed(PodKey pod, Instant now) {
        return Stream.ofNullable(places.computeIfPresent(pod, (_, place) -> place.claimed(now)))
                .map(_ -> pod.name());
    }
}
