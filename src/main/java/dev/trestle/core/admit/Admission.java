package dev.trestle.core.admit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which waiting legs start now.
 *
 * <p>No registry that is rate-limiting is asked by more than its {@link RegistryBudget} allows. There, over all pools, legs and merges
 * that it has not refused yet come first, then those that it refused longest ago: one that it always refuses keeps no other from it.
 * Among equals merges come before legs.
 *
 * <p>No pool builds more legs at once than its limits allow, and none keeps a place free that a waiting leg may take. The order is that of
 * {@link dev.trestle.core.inputs.Cause}; a leg that has waited an hour counts as the next more urgent cause, after two hours as the one before
 * that, so no leg waits for ever while builds end. Among equals the namespace with the fewest legs in the pool is next, in it the leg that
 * has waited longest.
 */
public final class Admission {
    private Admission() {}

    /** @return legs of {@code pools.due}, in the order in which they start */
    public static List<DueLeg> startNow(Pools pools) {
        var rooms = new Rooms(pools.rooms());
        var admissions = new TreeMap<String, PoolAdmission>();
        pools.due()
                .forEach(leg -> admissions.computeIfAbsent(leg.pool(), pool -> new PoolAdmission(pool, pools, rooms)));
        var limited = pools.due().stream().collect(Collectors.partitioningBy(rooms::limit));
        var admitted = new ArrayList<DueLeg>();
        limited.getOrDefault(true, List.of()).stream()
                .sorted(atLimitedRegistries(pools))
                .filter(leg ->
                        Objects.requireNonNull(admissions.get(leg.pool())).admits(leg))
                .forEach(admitted::add);
        var byPool = limited.getOrDefault(false, List.of()).stream().collect(Collectors.groupingBy(DueLeg::pool));
        admissions.forEach((pool, admission) -> admitted.addAll(admission.of(byPool.getOrDefault(pool, List.of()))));
        return admitted;
    }

    private static Comparator<DueLeg> atLimitedRegistries(Pools pools) {
        return Comparator.comparing(DueLeg::limitedAt)
                .thenComparing(leg -> !leg.pool().equals(DueLeg.MERGES))
                .thenComparingLong(leg -> PoolAdmission.urgency(leg, pools.now()))
                .thenComparing(leg -> leg.since())
                .thenComparing(leg -> leg.build().namespace())
                .thenComparing(leg -> leg.build().name())
                .thenComparing(DueLeg::platform);
    }
}
