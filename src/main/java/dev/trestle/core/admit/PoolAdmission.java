package dev.trestle.core.admit;

import dev.trestle.core.config.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fills the free places of one pool, one by one: each leg that starts may change the next one. */
final class PoolAdmission {
    /** Waiting that makes up for one degree of urgency. */
    static final Duration PATIENCE = Duration.ofHours(1);

    private final Limits limits;
    private final Rooms rooms;
    private final Instant now;
    private final Map<String, Integer> byNamespace = new HashMap<>();
    private int running;
    private int routine;

    PoolAdmission(String pool, Pools pools, Rooms rooms) {
        this.rooms = rooms;
        this.limits = pools.limits().getOrDefault(pool, Limits.NONE);
        this.now = pools.now();
        pools.running().stream().filter(leg -> leg.pool().equals(pool)).forEach(this::count);
    }

    List<DueLeg> of(List<DueLeg> due) {
        var waiting = new ArrayList<>(due);
        var admitted = new ArrayList<DueLeg>();
        for (var next = next(waiting); next.isPresent(); next = next(waiting)) {
            take(next.get());
            waiting.remove(next.get());
            admitted.add(next.get());
        }
        return admitted;
    }

    /** @return whether there is a place for it, which it then has */
    boolean admits(DueLeg leg) {
        var isAdmitted = hasPlace(leg);
        if (isAdmitted) {
            take(leg);
        }
        return isAdmitted;
    }

    private void take(DueLeg leg) {
        count(leg.running());
        rooms.take(leg);
    }

    private void count(RunningLeg leg) {
        running++;
        routine += leg.cause().isRoutine() ? 1 : 0;
        byNamespace.merge(leg.pod().namespace(), 1, Integer::sum);
    }

    private Optional<DueLeg> next(List<DueLeg> waiting) {
        return waiting.stream().filter(this::hasPlace).min(order());
    }

    private boolean hasPlace(DueLeg leg) {
        return rooms.isFor(leg)
                && limits.maxRunning().filter(most -> running >= most).isEmpty()
                && (!leg.cause().isRoutine()
                        || limits.routine().filter(most -> routine >= most).isEmpty());
    }

    private Comparator<DueLeg> order() {
        return Comparator.comparingLong((DueLeg leg) -> urgency(leg, now))
                .thenComparing(leg -> byNamespace.getOrDefault(leg.build().namespace(), 0))
                .thenComparing(leg -> leg.since())
                .thenComparing(leg -> leg.build().namespace())
                .thenComparing(leg -> leg.build().name())
                .thenComparing(DueLeg::platform);
    }

    /** 0 is the most urgent. */
    static long urgency(DueLeg leg, Instant now) {
        var waited = Duration.between(leg.since(), now).dividedBy(PATIENCE);
        return Math.max(0, leg.cause().patience() - waited);
    }
}
