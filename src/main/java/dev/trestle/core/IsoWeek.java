package dev.trestle.core;

import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** The week of a day as ISO 8601 writes it: {@code 2026-W47}. */
public final class IsoWeek {
    private IsoWeek() {}

    public static String of(LocalDate day) {
        return String.format(
                Locale.ROOT,
                "%d-W%02d",
                day.get(IsoFields.WEEK_BASED_YEAR),
                day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    }
}
