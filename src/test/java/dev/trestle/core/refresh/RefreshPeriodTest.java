package dev.trestle.core.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.api.Refresh.Period;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RefreshPeriodTest {
    /** The middle of a period is within it for every name that is delayed by less than half of it. */
    @ParameterizedTest
    @CsvSource({
        "Weekly,  2026-11-22T23:59:59Z, 2026-W47|2026-W46",
        "Weekly,  2027-01-03T23:59:59Z, 2026-W53|2026-W52",
        "Daily,   2026-11-21T23:59:59Z, 2026-11-21|2026-11-20",
        "Monthly, 2026-12-01T00:00:00Z, 2026-11|2026-12",
    })
    void labels(Period period, Instant now, String labels) {
        assertThat(labels.split("\\|"))
                .contains(RefreshPeriod.at(now, period, "ns/app").label());
    }

    @ParameterizedTest
    @EnumSource
    void theNextPeriodBeginsWhenItSays(Period period) {
        var now = Instant.parse("2026-01-01T00:00:00Z");
        for (var i = 0; i < 100; i++) {
            var current = RefreshPeriod.at(now, period, "ns/app");
            assertThat(current.next()).isAfter(now);
            assertThat(RefreshPeriod.at(current.next().minusSeconds(1), period, "ns/app"))
                    .isEqualTo(current);
            assertThat(RefreshPeriod.at(current.next(), period, "ns/app").label())
                    .isNotEqualTo(current.label());
            now = current.next();
        }
    }

    @Test
    void hundredsOfBuildsAreSpreadOverTheWeek() {
        var now = Instant.parse("2026-11-18T12:00:00Z");
        var byHour = new HashMap<Long, Integer>();
        IntStream.range(0, 386).forEach(build -> {
            var next = RefreshPeriod.at(now, Period.Weekly, "ns/build-" + build).next();
            byHour.merge(Duration.between(now, next).toHours(), 1, Integer::sum);
        });
        assertThat(byHour).hasSizeGreaterThan(100);
        assertThat(byHour.values()).allMatch(builds -> builds < 12);
    }
}
