package dev.trestle.schedule;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.trestle.core.refresh.InvalidSchedule;
import dev.trestle.core.refresh.Schedule;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

/**
 * A Unix cron expression, by the clock of a time zone. When both days are restricted, either is enough, as cron has it.
 *
 * <p>No occurrence is lost and none comes twice: one that the clocks jump over comes the moment they have jumped, and when they go back,
 * a time of day counts where it comes first. cron-utils, left to itself, drops the one and repeats the other, so it is asked
 * about clock readings only, which are without jumps.
 */
public final class CronSchedule implements Schedule {
    /** Three IANA names that Java knows as abbreviations only. */
    private static final Set<String> ZONES_OF_OLD = Set.of("EST", "MST", "HST");

    private static final CronParser UNIX = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
    /** Every reading that there is comes again within eight years of this, the 29th of February too. */
    private static final LocalDateTime ANY_TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

    private final ExecutionTime readings;
    private final ZoneId zone;
    private final boolean comes;

    private CronSchedule(ExecutionTime readings, ZoneId zone) {
        this.readings = readings;
        this.zone = zone;
        this.comes = readings.nextExecution(onPaper(ANY_TIME)).isPresent();
    }

    /**
     * Reads a schedule.
     *
     * @param cron five fields, minute hour day-of-month month day-of-week, or {@code @daily}, {@code @weekly}, {@code @monthly}
     * @param timeZone an IANA name, such as {@code Europe/Berlin}
     * @throws InvalidSchedule when either has another form; the message names the allowed forms
     */
    public static CronSchedule parse(String cron, String timeZone) throws InvalidSchedule {
        var fault = CronForm.fault(cron);
        if (fault.isPresent()) {
            throw unreadable(cron, fault.get());
        }
        if (!ZoneId.getAvailableZoneIds().contains(timeZone) && !ZONES_OF_OLD.contains(timeZone)) {
            throw new InvalidSchedule(
                    "Time zone '%s' is not known; write an IANA name, such as 'Europe/Berlin' or 'Etc/UTC'."
                            .formatted(timeZone));
        }
        try {
            return new CronSchedule(
                    ExecutionTime.forCron(UNIX.parse(fields(cron))), ZoneId.of(timeZone, ZoneId.SHORT_IDS));
        } catch (IllegalArgumentException e) {
            throw unreadable(cron, inOurWords(e));
        }
    }

    private static String fields(String cron) {
        return switch (cron) {
            case "@daily" -> "0 0 * * *";
            case "@weekly" -> "0 0 * * 0";
            case "@monthly" -> "0 0 1 * *";
            // cron-utils takes a named Sunday for 7 alone, which begins no range
            default -> cron.replaceAll("(?i)sun-(?!sun)", "0-");
        };
    }

    private static InvalidSchedule unreadable(String cron, String cause) {
        return new InvalidSchedule(
                "Schedule '%s' cannot be read: %s. Write minute, hour, day of month, month and day of week, such as '0 5 * * 6', or '@daily', '@weekly', '@monthly'."
                        .formatted(cron, cause));
    }

    private static String inOurWords(IllegalArgumentException e) {
        return String.valueOf(e.getMessage())
                .replaceFirst("^Failed to parse cron expression\\. ", "")
                .replace("!", "");
    }

    @Override
    public Optional<Instant> lastBetween(Instant after, Instant until) {
        if (!comes || !after.isBefore(until)) {
            return Optional.empty();
        }
        return readings.lastExecution(onPaper(minute(reached(until)).plusMinutes(1)))
                .map(this::moment)
                .filter(last -> last.isAfter(after));
    }

    @Override
    public Optional<Instant> nextAfter(Instant after) {
        return comes ? readings.nextExecution(onPaper(minute(reached(after)))).map(this::moment) : Optional.empty();
    }

    /** The latest reading that the clock has shown: while it repeats an hour, the end of that hour. */
    private LocalDateTime reached(Instant moment) {
        var reading = LocalDateTime.ofInstant(moment, zone);
        var change = zone.getRules().getTransition(reading);
        var repeats = change != null && change.isOverlap() && !moment.isBefore(change.getInstant());
        return repeats ? change.getDateTimeBefore().minusNanos(1) : reading;
    }

    /** When the clock first shows this reading, or first a later one. */
    private Instant moment(ZonedDateTime onPaper) {
        var reading = onPaper.toLocalDateTime();
        var change = zone.getRules().getTransition(reading);
        var isJumpedOver = change != null && change.isGap();
        return isJumpedOver ? change.getInstant() : reading.atZone(zone).toInstant();
    }

    private static LocalDateTime minute(LocalDateTime reading) {
        return reading.truncatedTo(ChronoUnit.MINUTES);
    }

    private static ZonedDateTime onPaper(LocalDateTime reading) {
        return reading.atZone(ZoneOffset.UTC);
    }
}
