package dev.trestle.core.refresh;

/** Reads schedules as people write them. */
@FunctionalInterface
public interface Schedules {

    /**
     * Reads a schedule.
     *
     * @param cron five fields, minute hour day-of-month month day-of-week, or {@code @daily}, {@code @weekly}, {@code @monthly}
     * @param timeZone an IANA name, such as {@code Europe/Berlin}
     * @throws InvalidSchedule when either has another form
     */
    Schedule parse(String cron, String timeZone) throws InvalidSchedule;
}
