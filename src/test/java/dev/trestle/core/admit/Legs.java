package dev.trestle.core.admit;

import dev.trestle.core.config.Limits;
import dev.trestle.core.inputs.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Legs for tests: {@code due("shop/cart", Cause.Wave, 5)} waits for five minutes. */
final class Legs {
    static final String POOL = "amd64";
    static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private Legs() {}

    /** @param build namespace and name */
    static DueLeg due(String build, Cause cause, int minutes) {
        return due(build, POOL, cause, NOON.minus(Duration.ofMinutes(minutes)));
    }

    static DueLeg due(String build, String pool, Cause cause, Instant since) {
        var key = key(build);
        return new DueLeg(key, "linux/amd64", key.name() + "-1", pool, cause, since, Set.of(), Instant.EPOCH);
    }

    /** The same leg, which asks this registry. */
    static DueLeg needing(String registry, DueLeg leg, Instant limitedAt) {
        return new DueLeg(
                leg.build(),
                leg.platform(),
                leg.pod(),
                leg.pool(),
                leg.cause(),
                leg.since(),
                Set.of(registry),
                limitedAt);
    }

    static RunningLeg running(String build, Cause cause) {
        return due(build, cause, 0).running();
    }

    static BuildKey key(String build) {
        var slash = build.indexOf('/');
        return new BuildKey(build.substring(0, slash), build.substring(slash + 1));
    }

    static Limits atMost(int maxRunning) {
        return new Limits(Optional.of(maxRunning), Optional.empty());
    }

    static Limits atMost(int maxRunning, int waveBudget) {
        return new Limits(Optional.of(maxRunning), Optional.of(waveBudget));
    }

    static Limits wavesAtMost(int waveBudget) {
        return new Limits(Optional.empty(), Optional.of(waveBudget));
    }
}
