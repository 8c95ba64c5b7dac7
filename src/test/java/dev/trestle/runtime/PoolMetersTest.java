package dev.trestle.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.core.admit.BuildKey;
import dev.trestle.core.admit.DueLeg;
import dev.trestle.core.admit.RegistryBudget;
import dev.trestle.core.config.Configuration;
import dev.trestle.core.inputs.Cause;
import dev.trestle.runtime.ConfigurationFile.Invalid;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PoolMetersTest {
    private Map<String, Optional<RegistryBudget>> registries = Map.of();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Configuration configuration = configuration(
            "{name: amd64, platforms: [linux/amd64], maxRunning: 8}, {name: arm64, platforms: [linux/arm64]}");

    @Test
    void eachPoolTellsWhoWaitsWhatRunsAndWhatItMay() {
        var waiting = List.of(waiting(Cause.Wave), waiting(Cause.Wave), waiting(Cause.Request));
        var meters = meters(waiting);
        meters.refresh();

        assertThat(gauge("trestle.pool.legs.waiting", "pool", "amd64", "cause", "wave"))
                .isEqualTo(2);
        assertThat(gauge("trestle.pool.legs.waiting", "pool", "amd64", "cause", "request"))
                .isEqualTo(1);
        assertThat(gauge("trestle.pool.legs.waiting", "pool", "amd64", "cause", "source"))
                .isZero();
        assertThat(gauge("trestle.pool.legs.waiting", "pool", "arm64", "cause", "wave"))
                .isZero();
        assertThat(gauge("trestle.pool.legs.running", "pool", "amd64")).isEqualTo(7);
        assertThat(gauge("trestle.pool.legs.limit", "pool", "amd64", "of", "all"))
                .isEqualTo(8);
        assertThat(gauge("trestle.pool.legs.limit", "pool", "amd64", "of", "waves"))
                .isEqualTo(2);
        assertThat(registry.find("trestle.pool.legs.limit")
                        .tags("pool", "arm64")
                        .gauges())
                .isEmpty();
    }

    @Test
    void aPoolThatIsTakenOutOfTheConfigurationIsGone() {
        var meters = meters(List.of());
        meters.refresh();
        configuration = configuration("{name: other, platforms: [linux/amd64]}");
        meters.refresh();

        assertThat(registry.find("trestle.pool.legs.running")
                        .tags("pool", "amd64")
                        .gauges())
                .isEmpty();
        assertThat(gauge("trestle.pool.legs.running", "pool", "other")).isZero();
    }

    @Test
    void eachRegistryTellsWhetherItHasHadEnoughAndWhoWaitsForIt() {
        registries = Map.of(
                "quay.io", Optional.of(new RegistryBudget("quay.io", Instant.EPOCH, Instant.EPOCH, 0)),
                "slow.example", Optional.of(new RegistryBudget("slow.example", Instant.EPOCH, Instant.EPOCH, 2)),
                "ghcr.io", Optional.empty());
        meters(List.of(waiting(Cause.Wave), waiting(Cause.Request))).refresh();

        assertThat(gauge("trestle.registry.paused", "registry", "quay.io")).isEqualTo(1);
        assertThat(gauge("trestle.registry.paused", "registry", "slow.example")).isZero();
        assertThat(gauge("trestle.registry.paused", "registry", "ghcr.io")).isZero();
        assertThat(gauge("trestle.registry.waiting", "registry", "quay.io")).isEqualTo(2);
        assertThat(gauge("trestle.registry.waiting", "registry", "ghcr.io")).isZero();
    }

    private PoolMeters meters(List<DueLeg> waiting) {
        return new PoolMeters(
                registry,
                () -> configuration,
                () -> waiting,
                pool -> Map.of("amd64", 7).getOrDefault(pool, 0),
                () -> registries);
    }

    private double gauge(String name, String... tags) {
        return registry.get(name).tags(tags).gauge().value();
    }

    private static DueLeg waiting(Cause cause) {
        return new DueLeg(
                new BuildKey("shop", "cart"),
                "linux/amd64",
                "cart-1",
                "amd64",
                cause,
                Instant.EPOCH,
                Set.of("quay.io"),
                Instant.EPOCH);
    }

    private static Configuration configuration(String pools) {
        try {
            return ConfigurationFile.parse("{builderImage: b, mergeImage: m, pools: [%s]}".formatted(pools));
        } catch (Invalid e) {
            throw new AssertionError(e);
        }
    }
}
