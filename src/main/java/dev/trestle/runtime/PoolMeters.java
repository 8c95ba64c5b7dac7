package dev.trestle.runtime;

import dev.trestle.controller.PoolGate;
import dev.trestle.core.admit.DueLeg;
import dev.trestle.core.admit.RegistryBudget;
import dev.trestle.core.config.Configuration;
import dev.trestle.core.config.Pool;
import dev.trestle.core.inputs.Cause;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The use of pools, registries that are rate-limiting, and the queue; docs/metrics.md lists the meters. Read at each scrape. */
public final class PoolMeters {
    private final Supplier<Configuration> configuration;
    private final Supplier<List<DueLeg>> waiting;
    private final Function<String, Integer> runningIn;
    private final MultiGauge waitingLegs;
    private final MultiGauge runningLegs;
    private final MultiGauge limit;
    private final Supplier<Map<String, Optional<RegistryBudget>>> registries;
    private final MultiGauge pausedRegistries;
    private final MultiGauge waitingForRegistries;

    PoolMeters(MeterRegistry registry, Supplier<Configuration> configuration, PoolGate gate) {
        this(registry, configuration, gate::waiting, gate::runningIn, gate::registries);
    }

    /**
     * Gauges over the configured pools.
     *
     * @param waiting legs whose turn has not come
     * @param runningIn how many legs have a place in the pool
     * @param registries each with its budget, if it is rate-limiting
     */
    PoolMeters(
            MeterRegistry registry,
            Supplier<Configuration> configuration,
            Supplier<List<DueLeg>> waiting,
            Function<String, Integer> runningIn,
            Supplier<Map<String, Optional<RegistryBudget>>> registries) {
        this.configuration = configuration;
        this.waiting = waiting;
        this.runningIn = runningIn;
        this.registries = registries;
        waitingLegs = gauge("trestle.pool.legs.waiting", "Legs that wait for their turn.", registry);
        runningLegs = gauge("trestle.pool.legs.running", "Legs whose pod has not ended.", registry);
        limit = gauge("trestle.pool.legs.limit", "Legs that the pool may build at once.", registry);
        pausedRegistries = gauge("trestle.registry.paused", "Whether nothing is started that needs it.", registry);
        waitingForRegistries = gauge("trestle.registry.waiting", "Legs and merges that wait for it.", registry);
    }

    /** To be called before each scrape. */
    public void refresh() {
        var pools = configuration.get().pools();
        var legs = waiting.get();
        register(waitingLegs, pools.stream().flatMap(pool -> waiting(pool, legs)));
        register(runningLegs, pools.stream().map(pool -> Row.of(tags(pool), runningIn.apply(pool.name()))));
        register(limit, pools.stream().flatMap(PoolMeters::limits));
        var budgets = registries.get();
        register(
                pausedRegistries,
                rows(budgets, budget -> budget.filter(RegistryBudget::isPaused).isPresent() ? 1 : 0));
        register(
                waitingForRegistries,
                rows(
                        budgets,
                        budget -> budget.map(limited -> waitingFor(limited.registry(), legs))
                                .orElse(0L)));
    }

    private static Stream<Row<?>> waiting(Pool pool, List<DueLeg> legs) {
        return Arrays.stream(Cause.values())
                .map(cause -> Row.of(
                        tags(pool).and("cause", cause.label()),
                        legs.stream()
                                .filter(leg -> leg.pool().equals(pool.name()) && leg.cause() == cause)
                                .count()));
    }

    private static long waitingFor(String registry, List<DueLeg> legs) {
        return legs.stream().filter(leg -> leg.registries().contains(registry)).count();
    }

    private static Stream<Row<?>> rows(
            Map<String, Optional<RegistryBudget>> budgets, Function<Optional<RegistryBudget>, Number> value) {
        return budgets.entrySet().stream()
                .map(each -> Row.of(Tags.of("registry", each.getKey()), value.apply(each.getValue())));
    }

    private static Stream<Row<?>> limits(Pool pool) {
        var all = pool.limits().maxRunning().stream()
                .map(most -> Row.of(tags(pool).and("of", "all"), most));
        var routine =
                pool.limits().routine().stream().map(most -> Row.of(tags(pool).and("of", "waves"), most));
        return Stream.<Row<?>>concat(all, routine);
    }

    private static Tags tags(Pool pool) {
        return Tags.of("pool", pool.name());
    }

    private static void register(MultiGauge gauge, Stream<? extends Row<?>> rows) {
        gauge.register(rows.<Row<?>>map(row -> row).toList(), true);
    }

    private static MultiGauge gauge(String name, String description, MeterRegistry registry) {
        return MultiGauge.builder(name).description(description).register(registry);
    }
}
