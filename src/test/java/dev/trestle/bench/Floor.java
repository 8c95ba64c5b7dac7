package dev.trestle.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The same work without the operator, measured several times in one run. The lowest figure counts: whatever disturbs a measurement makes
 * it longer, and a floor that is too high hides what the operator costs.
 *
 * @param seconds at least one, in the order of measuring
 */
record Floor(List<Double> seconds) {
    /** Figures further apart than this were not taken under the same conditions. */
    private static final double MOST_APART = 1.25;

    static final int MOST_MEASUREMENTS = 5;

    Floor {
        seconds = List.copyOf(seconds);
    }

    static Floor of(double... seconds) {
        return new Floor(Arrays.stream(seconds).boxed().toList());
    }

    Floor and(double measured) {
        var all = new ArrayList<>(seconds);
        all.add(measured);
        return new Floor(all);
    }

    double lowest() {
        return seconds.stream().min(Comparator.naturalOrder()).orElseThrow();
    }

    /** Whether the two lowest agree, so that one more measurement would tell nothing. */
    boolean agrees() {
        var sorted = seconds.stream().sorted().toList();
        return sorted.size() >= 2 && sorted.get(1) <= MOST_APART * sorted.get(0);
    }

    boolean wantsAnother() {
        return !agrees() && seconds.size() < MOST_MEASUREMENTS;
    }
}
