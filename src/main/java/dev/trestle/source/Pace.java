package dev.trestle.source;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * When a repository is looked at again.
 *
 * @param period between two looks, read again each time
 * @param chance from 0 to 1: looks that began together drift apart, by up to a tenth of the time
 */
public record Pace(Supplier<Duration> period, DoubleSupplier chance) {
    private static final int MOST_PERIODS = 10;
    private static final Duration LONGEST = Duration.ofHours(1);

    /** How many periods after so many failures in a row: 1, 1, 2, 4, 8, 10, and no more than an hour. */
    int periodsAfter(int failures) {
        var wanted = failures > 4 ? MOST_PERIODS : 1 << Math.max(0, failures - 1);
        var allowed = LONGEST.dividedBy(period.get());
        return (int) Math.max(1, Math.min(wanted, allowed));
    }

    Duration after(int failures) {
        return period.get().multipliedBy(periodsAfter(failures));
    }

    Duration atRandomAfter(int failures) {
        var millis = after(failures).toMillis();
        return Duration.ofMillis(Math.round(millis * (0.9 + 0.2 * chance.getAsDouble())));
    }
}
