package dev.trestle.controller;

import dev.trestle.core.admit.BuildKey;
import dev.trestle.core.admit.Demand;
import dev.trestle.core.admit.DueLeg;
import dev.trestle.core.admit.PodKey;
import dev.trestle.core.admit.RegistryBudget;
import dev.trestle.core.admit.WaitingLegs;
import dev.trestle.core.config.Configuration;
import dev.trestle.core.config.Pool;
import dev.trestle.core.plan.Admitted;
import dev.trestle.core.plan.BuildPlan;
import dev.trestle.core.plan.Decision;
import dev.trestle.core.plan.Snapshot;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue that all builds share before the pools, and before registries that are rate-limiting: each pass offers its due legs and
 * learns which of them may start; the gate wakes the builds of others that may start. Without limits it does nothing. Informers are
 * filled before the first pass, so after a restart running legs count before any new one.
 */
public final class PoolGate {
    private static final Logger LOG = LoggerFactory.getLogger(PoolGate.class);

    private final Supplier<Configuration> configuration;
    private final BuildEventSources builds;
    private final Clock clock;
    private final WaitingLegs legs = new WaitingLegs();

    public PoolGate(Supplier<Configuration> configuration, BuildEventSources builds, Clock clock) {
        this.configuration = configuration;
        this.builds = builds;
        this.clock = clock;
    }

    /** The legs and merges that the build may start now. */
    Admitted admit(BuildPlan plan) {
        var snapshot = plan.snapshot();
        var build = Demand.buildOf(snapshot);
        var backingOff = Admitted.backingOff(limited(Demand.registriesOf(snapshot)));
        if (!snapshot.configuration().limitsPools() && backingOff.backoffs().isEmpty() && !know(build)) {
            return backingOff;
        }
        var answer = tell(build, Demand.of(plan.after(backingOff)), snapshot.configuration());
        answer.woken().forEach(builds::wake);
        return backingOff.with(answer.admitted());
    }

    private Map<String, String> limited(Set<String> registries) {
        return budgets(registries).collect(Collectors.toMap(RegistryBudget::registry, RegistryBudget::message));
    }

    private Stream<RegistryBudget> budgets(Set<String> registries) {
        var now = clock.instant();
        return registries.stream()
                .flatMap(registry -> RegistryBudget.of(registry, builds.seen().usesOf(registry, now), now).stream());
    }

    /** A pod that the API server has refused takes no place. */
    void applied(Snapshot snapshot, Decision decision) {
        var refused = Demand.refused(snapshot, decision);
        if (!refused.isEmpty()) {
            freed(refused, snapshot.configuration()).forEach(builds::wake);
        }
    }

    /** To be called now and then: nothing tells that a place was not taken, or that a build with running legs is gone. */
    public void sweep() {
        try {
            sweep(configuration.get()).forEach(builds::wake);
        } catch (RuntimeException | Error e) {
            LOG.atError().setCause(e).log("Pools not looked at"); // an executor never again runs what has thrown
        }
    }

    /** How many legs take a place in the pool. */
    public int runningIn(String pool) {
        return builds.seen().runningIn(pool).size();
    }

    /** Each registry that a build uses, with its budget when it is rate-limiting. */
    public Map<String, Optional<RegistryBudget>> registries() {
        var registries = builds.all()
                .flatMap(build -> Demand.registriesOf(build).stream())
                .collect(Collectors.toSet());
        var budgets = budgets(registries).collect(Collectors.toMap(RegistryBudget::registry, budget -> budget));
        return registries.stream()
                .collect(
                        Collectors.toMap(registry -> registry, registry -> Optional.ofNullable(budgets.get(registry))));
    }

    /** Legs whose turn has not come. */
    public List<DueLeg> waiting() {
        synchronized (legs) {
            return legs.waiting();
        }
    }

    private WaitingLegs.Answer tell(BuildKey build, List<DueLeg> due, Configuration configuration) {
        synchronized (legs) {
            return legs.tell(build, due, moment(configuration));
        }
    }

    private Set<BuildKey> freed(Set<PodKey> refused, Configuration configuration) {
        synchronized (legs) {
            return legs.refused(refused, moment(configuration));
        }
    }

    private Set<BuildKey> sweep(Configuration configuration) {
        synchronized (legs) {
            return legs.sweep(builds::isThere, moment(configuration));
        }
    }

    private boolean know(BuildKey build) {
        synchronized (legs) {
            return legs.know(build);
        }
    }

    private WaitingLegs.Moment moment(Configuration configuration) {
        var limits = configuration.pools().stream().collect(Collectors.toMap(Pool::name, Pool::limits));
        return new WaitingLegs.Moment(limits, builds.seen(), builds.seen(), clock.instant());
    }
}
