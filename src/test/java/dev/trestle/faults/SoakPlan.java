package dev.trestle.faults;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** What the soak does next, by chance: the same seed gives the same order. */
final class SoakPlan {
    /** How often each is drawn, of the sum. A killed process costs the cluster seconds, so those are rare. */
    private static final Map<Deed, Integer> WEIGHTS = Map.ofEntries(
            Map.entry(Deed.ChangeBuild, 40),
            Map.entry(Deed.DeleteLegPod, 12),
            Map.entry(Deed.DeleteMergePod, 8),
            Map.entry(Deed.CancelBuild, 5),
            Map.entry(Deed.SuspendBuild, 4),
            Map.entry(Deed.ResumeBuilds, 4),
            Map.entry(Deed.EmptyStatus, 3),
            Map.entry(Deed.RegistryUnavailable, 6),
            Map.entry(Deed.RegistryCut, 6),
            Map.entry(Deed.RegistryBusy, 4),
            Map.entry(Deed.KillOperator, 4),
            Map.entry(Deed.KillKubelet, 1),
            Map.entry(Deed.KillContainerd, 1),
            Map.entry(Deed.KillApiServer, 1));

    private static final List<Deed> DRAWN = WEIGHTS.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .flatMap(entry -> IntStream.range(0, entry.getValue()).mapToObj(_ -> entry.getKey()))
            .toList();

    private final Random random;

    SoakPlan(long seed) {
        random = new Random(seed);
    }

    Deed next() {
        return DRAWN.get(random.nextInt(DRAWN.size()));
    }

    /** @return from 0 to {@code bound}, without it */
    int pick(int bound) {
        return random.nextInt(bound);
    }

    /** What may happen. */
    enum Deed {
        ChangeBuild,
        DeleteLegPod,
        DeleteMergePod,
        CancelBuild,
        SuspendBuild,
        ResumeBuilds,
        EmptyStatus,
        RegistryUnavailable,
        RegistryCut,
        RegistryBusy,
        KillOperator,
        KillKubelet,
        KillContainerd,
        KillApiServer
    }
}
