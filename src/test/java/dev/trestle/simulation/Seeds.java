package dev.trestle.simulation;

import java.util.stream.IntStream;

/** How much is simulated: {@code -Dsimulation.seeds} of 2,000, a few in the fast loop; {@code -Dseed=17} replays one. */
final class Seeds {
    private static final int ALL = 2000;
    private static final int SHARE = Integer.getInteger("simulation.seeds", 60);

    private Seeds() {}

    /**
     * At least one, in parallel.
     *
     * @param all how many there are where nothing is left out
     */
    static IntStream of(int all) {
        return all(Math.max(1, all * SHARE / ALL));
    }

    /** So many, whatever the share. */
    static IntStream all(int count) {
        var one = Integer.getInteger("seed");
        return one == null ? IntStream.range(0, count).parallel() : IntStream.of(one);
    }
}
