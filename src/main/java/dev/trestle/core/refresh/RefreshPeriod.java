package dev.trestle.core.refresh;

import dev.trestle.api.Refresh.Period;
import dev.trestle.core.Hash;
import dev.trestle.core.IsoWeek;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;

/**
 * The day, week or month that a build is refreshed for. Each build's periods begin later than the calendar's by a part of the period that
 * its name decides, so that hundreds of builds are not due in one minute.
 *
 * @param label as the build gets it: {@code 2026-11-21}, {@code 2026-W47} (ISO 8601) or {@code 2026-11}
 * @param next when the next one begins
 */
public record RefreshPeriod(String label, Instant next) {
    private static final int PARTS = 10_000;

    /** @param name of the build, with its namespace */
    public static RefreshPeriod at(Instant now, Period period, String name) {
        var delay = delay(period, name);
        var day = LocalDate.ofInstant(now.minus(delay), ZoneOffset.UTC);
        return switch (period) {
            case Daily -> new RefreshPeriod(day.toString(), begin(day.plusDays(1), delay));
            case Weekly ->
                new RefreshPeriod(IsoWeek.of(day), begin(day.with(TemporalAdjusters.next(DayOfWeek.MONDAY)), delay));
            case Monthly ->
                new RefreshPeriod(
                        String.format(Locale.ROOT, "%d-%02d", day.getYear(), day.getMonthValue()),
                        begin(day.with(TemporalAdjusters.firstDayOfNextMonth()), delay));
        };
    }

    private static Instant begin(LocalDate day, Duration delay) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant().plus(delay);
    }

    /** Less than the shortest such period. */
    private static Duration delay(Period period, String name) {
        var length = switch (period) {
            case Daily -> Duration.ofDays(1);
            case Weekly -> Duration.ofDays(7);
            case Monthly -> Duration.ofDays(28);
        };
        var part = Integer.parseInt(Hash.of(List.of(name)).substring(0, 7), 16) % PARTS;
        return Duration.ofSeconds(length.toSeconds() * part / PARTS);
    }
}
