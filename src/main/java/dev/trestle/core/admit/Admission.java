package dev.trestle.core.admit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which waiting legs start now.
 *
 * <p>No registry that has had enough is asked by more than its {@link RegistryBudget} allows; merges are before all legs there.
 *
 * <p>No pool builds more legs at once than its limits allow, and none keeps a place free that a waiting leg may take. The order is that of
 * {@link dev.trestle.core.inputs.Cause}; a leg that has waited an hour counts as the next more urgent cause, after two hours as the one before
 * that, so nobody waits for ever while builds end. Among equals the namespace with the fewest legs in the pool is next, and in it the leg that
 * has waited longest.
 */
public final class Admission {
    private Admission() {}

    /** @return legs of {@code pools.due}, in the order in which they start */
    public static List<DueLeg> startNow(Pools pools) {
        var byPool = pools.due().stream().collect(Collectors.groupingBy(DueLeg::pool));
        var rooms = new Rooms(pools.rooms());
        var admitted = new ArrayList<DueLeg>();
        byPool.keySet().stream()
                .sorted()
                .forEach(pool -> admitted.addAll(
                        new PoolAdmission(pool, pools, rooms).of(byPool.getOrDefault(pool, List.of()))));
        return admitted;
    }
}
