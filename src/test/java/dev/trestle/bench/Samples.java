package dev.trestle.bench;

import java.util.Arrays;
import java.util.stream.LongStream;

/** Durations in milliseconds. */
final class Samples {
    private final double[] sorted;

    private Samples(double[] sorted) {
        this.sorted = sorted;
    }

    static Samples ofNanos(LongStream nanos) {
        return new Samples(nanos.mapToDouble(each -> each / 1e6).sorted().toArray());
    }

    double median() {
        return percentile(50);
    }

    /** The nearest rank: a value that was measured. */
    double percentile(int percent) {
        return sorted[Math.max(0, (int) Math.ceil(percent / 100.0 * sorted.length) - 1)];
    }

    @Override
    public String toString() {
        return Arrays.toString(Arrays.stream(sorted).mapToLong(Math::round).toArray());
    }
}
