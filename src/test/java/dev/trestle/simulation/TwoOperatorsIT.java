package dev.trestle.simulation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The simulation with two operators at once: it takes too long for the fast loop. */
@Isolated("The common pool, which it keeps busy, also completes the requests of other tests' clients.")
class TwoOperatorsIT {
    private static final int SEEDS = 400;

    /** Only the leader writes; two do so for the moments of a handover, with caches that differ. Names alone must hold then. */
    @Test
    void twoOperatorsAtOnceComeToRest() {
        Seeds.all(SEEDS).forEach(seed -> SimulationTest.check(seed, 2));
    }
}
