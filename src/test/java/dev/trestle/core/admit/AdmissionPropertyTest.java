package dev.trestle.core.admit;

import static dev.trestle.core.admit.Legs.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.core.config.Limits;
import dev.trestle.core.inputs.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Pools over a day and more, minute by minute: builds come and end at random, limits are changed. A failure names its seed. */
class AdmissionPropertyTest {
    private static final int SEEDS = 80;
    private static final int MINUTES = 40 * 60;
    private static final int LONGEST_BUILD = 90;
    private static final List<String> POOLS = List.of("amd64", "arm64");

    @Test
    void limitsAndOrderHoldAndNoPlaceIsLeftFree() {
        seeds().forEach(seed -> new Day(seed, 3).check());
    }

    /**
     * Requests come faster than they can be built, for ever. Each leg that is older than three hours has only elder ones before it, and the
     * legs of its own namespace that run.
     */
    @Test
    void nobodyWaitsForEver() {
        seeds().forEach(seed -> new Day(seed, 1).overload());
    }

    private static IntStream seeds() {
        var one = Integer.getInteger("seed");
        return one == null ? IntStream.range(0, SEEDS).parallel() : IntStream.of(one);
    }

    private record Build(RunningLeg leg, Instant end) {}

    private static final class Day {
        private final int seed;
        private final Random chance;
        private final int calm;
        private final Map<String, Limits> limits = new HashMap<>();
        private final List<DueLeg> waiting = new ArrayList<>();
        private final List<Build> running = new ArrayList<>();
        private Instant now = NOON;
        private int serial;

        /** @param calm the greater, the less comes */
        Day(int seed, int calm) {
            this.seed = seed;
            this.chance = new Random(seed);
            this.calm = calm;
            POOLS.forEach(pool -> limits.put(pool, anyLimits()));
        }

        void check() {
            for (var minute = 0; minute < MINUTES / 10; minute++) {
                if (chance.nextInt(60) == 0) {
                    limits.put(any(POOLS), anyLimits());
                }
                arrive(chance.nextInt(1 + 12 / calm));
                minutePasses(1 + chance.nextInt(LONGEST_BUILD));
            }
        }

        void overload() {
            POOLS.forEach(pool -> limits.put(pool, Legs.atMost(2 + chance.nextInt(2), 1)));
            var watched = leg("quiet", any(POOLS), chance.nextBoolean() ? Cause.Wave : Cause.Refresh);
            waiting.add(watched);
            for (var minute = 0; waiting.contains(watched); minute++) {
                assertThat(minute)
                        .as("seed %d: minutes that a leg has waited", seed)
                        .isLessThan(MINUTES);
                POOLS.forEach(pool -> {
                    waiting.add(leg("noisy", pool, Cause.Request));
                    if (chance.nextInt(30) == 0) {
                        waiting.add(leg(any(List.of("noisy", "quiet")), pool, Cause.Wave));
                    }
                });
                minutePasses(LONGEST_BUILD);
            }
        }

        private void arrive(int count) {
            for (var i = 0; i < count; i++) {
                waiting.add(leg(any(List.of("a", "b", "c")), any(POOLS), any(List.of(Cause.values()))));
            }
        }

        private void minutePasses(int longest) {
            running.removeIf(build -> !build.end().isAfter(now));
            var before = running.stream().map(Build::leg).toList();
            var admitted = Admission.startNow(new Pools(limits, waiting, before, Map.of(), now));
            admitted.forEach(leg ->
                    running.add(new Build(leg.running(), now.plus(Duration.ofMinutes(1 + chance.nextInt(longest))))));
            waiting.removeAll(admitted);
            POOLS.forEach(pool -> checkPool(pool, before, admitted));
            now = now.plus(Duration.ofMinutes(1));
        }

        private void checkPool(String pool, List<RunningLeg> before, List<DueLeg> admitted) {
            var limit = limits.getOrDefault(pool, Limits.NONE);
            var all = count(pool, false);
            var routine = count(pool, true);
            var started =
                    admitted.stream().filter(leg -> leg.pool().equals(pool)).toList();
            var left = waiting.stream().filter(leg -> leg.pool().equals(pool)).toList();
            var most = limit.maxRunning().orElse(Integer.MAX_VALUE);
            var mostRoutine = limit.routine().orElse(Integer.MAX_VALUE);

            if (!started.isEmpty()) {
                assertThat(all).as("seed %d: legs in '%s'", seed, pool).isLessThanOrEqualTo(most);
            }
            if (started.stream().anyMatch(leg -> leg.cause().isRoutine())) {
                assertThat(routine)
                        .as("seed %d: legs of waves in '%s'", seed, pool)
                        .isLessThanOrEqualTo(mostRoutine);
            }
            assertThat(left)
                    .as("seed %d: legs that wait although '%s' has a place", seed, pool)
                    .noneMatch(leg -> all < most && (!leg.cause().isRoutine() || routine < mostRoutine));
            started.forEach(leg -> assertThat(left)
                    .as("seed %d: legs that were passed over by %s", seed, leg)
                    .noneMatch(other -> comesBefore(other, leg)));
            assertThat(before)
                    .as("what runs, runs on")
                    .isSubsetOf(running.stream().map(Build::leg).toList());
        }

        /** Of two legs of one namespace and one kind of place there is only one right order. */
        private boolean comesBefore(DueLeg other, DueLeg leg) {
            if (!other.build().namespace().equals(leg.build().namespace())
                    || other.cause().isRoutine() != leg.cause().isRoutine()) {
                return false;
            }
            var degrees = degree(other) - degree(leg);
            return degrees < 0 || (degrees == 0 && other.since().isBefore(leg.since()));
        }

        private long degree(DueLeg leg) {
            var hours = Duration.between(leg.since(), now).toHours();
            return Math.max(0, List.of(Cause.values()).indexOf(leg.cause()) - hours);
        }

        private int count(String pool, boolean routineOnly) {
            return (int) running.stream()
                    .map(Build::leg)
                    .filter(leg -> leg.pool().equals(pool)
                            && (!routineOnly || leg.cause().isRoutine()))
                    .count();
        }

        private DueLeg leg(String namespace, String pool, Cause cause) {
            return Legs.due(namespace + "/b" + serial++, pool, cause, now);
        }

        private Limits anyLimits() {
            Optional<Integer> all = chance.nextInt(4) == 0 ? Optional.empty() : Optional.of(1 + chance.nextInt(8));
            Optional<Integer> waves = chance.nextBoolean() ? Optional.empty() : Optional.of(1 + chance.nextInt(4));
            return new Limits(all, waves);
        }

        private <T> T any(List<T> values) {
            return values.get(chance.nextInt(values.size()));
        }
    }
}
