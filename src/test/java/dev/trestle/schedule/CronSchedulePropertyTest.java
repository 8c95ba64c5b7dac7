package dev.trestle.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.core.refresh.InvalidSchedule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every schedule, told by going through time minute by minute. */
class CronSchedulePropertyTest {

    private static final int SCHEDULES = 60;
    private static final Duration SPAN = Duration.ofDays(45);
    private static final List<String> ZONES =
            List.of("Etc/UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata");

    /** A schedule as sets of numbers, with one way to write it. */
    record Drawn(Set<Integer> minutes, Set<Integer> hours, Set<Integer> days, Set<Integer> weekdays, String zone) {

        static Drawn of(int seed) {
            var chance = new Random(seed);
            return new Drawn(
                    some(chance, 0, 59, 2),
                    some(chance, 0, chance.nextBoolean() ? 3 : 23, 2),
                    chance.nextBoolean() ? Set.of() : some(chance, 1, 31, 3),
                    chance.nextBoolean() ? Set.of() : some(chance, 0, 7, 2),
                    ZONES.get(seed % ZONES.size()));
        }

        private static Set<Integer> some(Random chance, int least, int most, int atMost) {
            return IntStream.rangeClosed(0, chance.nextInt(atMost))
                    .mapToObj(i -> chance.nextInt(least, most + 1))
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        String cron() {
            return "%s %s %s * %s".formatted(list(minutes), list(hours), list(days), list(weekdays));
        }

        private static String list(Set<Integer> numbers) {
            return numbers.isEmpty()
                    ? "*"
                    : numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
        }

        boolean names(LocalDateTime reading) {
            var weekday = reading.getDayOfWeek().getValue();
            var byDate = days.contains(reading.getDayOfMonth());
            var byWeekday = weekdays.contains(weekday) || (weekday == 7 && weekdays.contains(0));
            var today = days.isEmpty() ? weekdays.isEmpty() || byWeekday : byDate || byWeekday;
            return minutes.contains(reading.getMinute()) && hours.contains(reading.getHour()) && today;
        }

        /** All moments from a start on, where each reading that is named counts when the clock first shows it or a later one. */
        NavigableSet<Instant> moments(Instant start) {
            var rules = ZoneId.of(zone).getRules();
            var moments = new TreeSet<Instant>();
            var shown = LocalDateTime.ofInstant(start.minusSeconds(60), ZoneId.of(zone));
            for (var now = start; now.isBefore(start.plus(SPAN)); now = now.plusSeconds(60)) {
                var reading = LocalDateTime.ofInstant(now, rules.getOffset(now));
                while (shown.isBefore(reading)) {
                    shown = shown.plusMinutes(1);
                    if (names(shown)) {
                        moments.add(now);
                    }
                }
            }
            return moments;
        }
    }

    static Stream<Drawn> drawn() {
        return IntStream.range(0, SCHEDULES).mapToObj(Drawn::of);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("drawn")
    void thePastAndTheFutureAreWhatTheClockShowed(Drawn drawn) throws InvalidSchedule {
        var chance = new Random(drawn.hashCode());
        for (var change : List.of("2026-03-01T00:00:00Z", "2026-09-20T00:00:00Z")) {
            var start = Instant.parse(change);
            var moments = drawn.moments(start);
            for (var i = 0; i < 20; i++) {
                check(drawn, moments, start, within(start, chance), within(start, chance));
            }
        }
    }

    private static Instant within(Instant start, Random chance) {
        return start.plusSeconds(chance.nextLong(SPAN.toSeconds())).truncatedTo(ChronoUnit.SECONDS);
    }

    private static void check(Drawn drawn, NavigableSet<Instant> moments, Instant start, Instant one, Instant other)
            throws InvalidSchedule {
        var schedule = CronSchedule.parse(drawn.cron(), drawn.zone());
        var after = one.isBefore(other) ? one : other;
        var until = one.isBefore(other) ? other : one;
        var said = "'%s' in %s, after %s until %s".formatted(drawn.cron(), drawn.zone(), after, until);

        assertThat(schedule.lastBetween(after, until))
                .as("last of " + said)
                .isEqualTo(Optional.ofNullable(moments.floor(until)).filter(last -> last.isAfter(after)));
        var next = schedule.nextAfter(after);
        assertThat(next.filter(start.plus(SPAN)::isAfter))
                .as("next of " + said)
                .isEqualTo(Optional.ofNullable(moments.higher(after)));
        assertThat(next.orElse(Instant.MAX)).as("next of " + said).isAfter(after);
    }
}
