package dev.trestle.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.core.refresh.InvalidSchedule;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronScheduleTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
    weekly, on Saturday                               | 0 5 * * 6          | Etc/UTC         | 2026-11-21T16:00:00Z | 2026-11-28T05:00:00Z
    the moment itself is not after itself             | 0 5 * * 6          | Etc/UTC         | 2026-11-21T05:00:00Z | 2026-11-28T05:00:00Z
    a moment before it, it is next                    | 0 5 * * 6          | Etc/UTC         | 2026-11-21T04:59:59Z | 2026-11-21T05:00:00Z
    by the clock of its zone                          | 0 5 * * 6          | Europe/Berlin   | 2026-11-21T16:00:00Z | 2026-11-28T04:00:00Z
    by that clock in summer                           | 0 5 * * 6          | Europe/Berlin   | 2026-07-01T00:00:00Z | 2026-07-04T03:00:00Z
    in a zone that Java takes for an abbreviation     | 0 5 * * *          | EST             | 2026-11-21T12:00:00Z | 2026-11-22T10:00:00Z
    in the second of the three                        | 0 5 * * *          | MST             | 2026-11-21T12:00:00Z | 2026-11-22T12:00:00Z
    in the third                                      | 0 5 * * *          | HST             | 2026-11-21T12:00:00Z | 2026-11-21T15:00:00Z
    in a zone where it is another day                 | 0 5 * * 6          | Pacific/Auckland | 2026-11-20T00:00:00Z | 2026-11-20T16:00:00Z
    Sunday is 0                                       | 0 0 * * 0          | Etc/UTC         | 2026-11-21T16:00:00Z | 2026-11-22T00:00:00Z
    Sunday is 7                                       | 0 0 * * 7          | Etc/UTC         | 2026-11-21T16:00:00Z | 2026-11-22T00:00:00Z
    Sunday ends a range                               | 0 0 * * 6-7        | Etc/UTC         | 2026-11-21T16:00:00Z | 2026-11-22T00:00:00Z
    Sunday begins a range                             | 0 0 * * 0-1        | Etc/UTC         | 2026-11-22T16:00:00Z | 2026-11-23T00:00:00Z
    days have names                                   | 0 0 * * mon-FRI    | Etc/UTC         | 2026-11-21T16:00:00Z | 2026-11-23T00:00:00Z
    Sunday by its name begins a range                 | 0 0 * * Sun-tue    | Etc/UTC         | 2026-11-22T16:00:00Z | 2026-11-23T00:00:00Z
    a weekend by its names                            | 0 0 * * sat-sun    | Etc/UTC         | 2026-11-21T16:00:00Z | 2026-11-22T00:00:00Z
    months have names                                 | 0 0 1 Jan,jul *    | Etc/UTC         | 2026-11-21T16:00:00Z | 2027-01-01T00:00:00Z
    steps of all                                      | */20 * * * *       | Etc/UTC         | 2026-11-21T16:20:00Z | 2026-11-21T16:40:00Z
    steps of a range                                  | 10-50/20 3 * * *   | Etc/UTC         | 2026-11-21T03:30:00Z | 2026-11-21T03:50:00Z
    a list                                            | 0 3,15 * * *       | Etc/UTC         | 2026-11-21T03:00:00Z | 2026-11-21T15:00:00Z
    with both days restricted, the weekday is enough  | 0 0 13 * 5         | Etc/UTC         | 2026-11-01T00:00:00Z | 2026-11-06T00:00:00Z
    with both days restricted, the date is enough     | 0 0 11 * 5         | Etc/UTC         | 2026-11-06T00:00:00Z | 2026-11-11T00:00:00Z
    the 29th of February                              | 0 0 29 2 *         | Etc/UTC         | 2026-11-21T16:00:00Z | 2028-02-29T00:00:00Z
    the 29th of February in 2100 does not exist       | 0 0 29 2 *         | Etc/UTC         | 2096-03-01T00:00:00Z | 2104-02-29T00:00:00Z
    the 31st only where there is one                  | 0 0 31 * *         | Etc/UTC         | 2026-08-31T00:00:00Z | 2026-10-31T00:00:00Z
    the 30th of February never comes                  | 0 0 30 2 *         | Etc/UTC         | 2026-11-21T16:00:00Z |
    nor does the 31st of the short months             | 0 0 31 4,6,9,11 *  | Etc/UTC         | 2026-11-21T16:00:00Z |
    jumped over, it comes when the clock has jumped   | 30 2 * * *         | Europe/Berlin   | 2026-03-28T12:00:00Z | 2026-03-29T01:00:00Z
    all that is jumped over comes as one              | 15,45 2 * * *      | Europe/Berlin   | 2026-03-29T01:00:00Z | 2026-03-30T00:15:00Z
    a repeated time counts where it comes first       | 30 2 * * *         | Europe/Berlin   | 2026-10-24T12:00:00Z | 2026-10-25T00:30:00Z
    and not again                                     | 30 2 * * *         | Europe/Berlin   | 2026-10-25T00:30:00Z | 2026-10-26T01:30:00Z
    nor when asked for within the repetition          | 30 2 * * *         | Europe/Berlin   | 2026-10-25T01:10:00Z | 2026-10-26T01:30:00Z
    a day that an island skipped                      | 0 5 30 12 *        | Pacific/Apia    | 2011-12-29T12:00:00Z | 2011-12-30T10:00:00Z
    daily                                             | @daily             | Etc/UTC         | 2026-11-21T16:00:00Z | 2026-11-22T00:00:00Z
    weekly                                            | @weekly            | Etc/UTC         | 2026-11-23T16:00:00Z | 2026-11-29T00:00:00Z
    monthly                                           | @monthly           | Etc/UTC         | 2026-11-21T16:00:00Z | 2026-12-01T00:00:00Z
    """)
    void comesNext(String promise, String cron, String zone, Instant after, Instant next) throws InvalidSchedule {
        assertThat(CronSchedule.parse(cron, zone).nextAfter(after)).as(promise).isEqualTo(Optional.ofNullable(next));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
    nothing was missed                                | 0 5 * * 6   | Etc/UTC       | 2026-11-21T05:00:00Z | 2026-11-28T04:59:59Z |
    it is now                                         | 0 5 * * 6   | Etc/UTC       | 2026-11-21T05:00:00Z | 2026-11-28T05:00:00Z | 2026-11-28T05:00:00Z
    it was a moment ago                               | 0 5 * * 6   | Etc/UTC       | 2026-11-21T05:00:00Z | 2026-11-28T05:00:59Z | 2026-11-28T05:00:00Z
    what was done is not done again                   | 0 5 * * 6   | Etc/UTC       | 2026-11-28T05:00:00Z | 2026-11-28T09:00:00Z |
    away for months, there is one to make up for      | 0 5 * * 6   | Etc/UTC       | 2026-05-01T00:00:00Z | 2026-11-25T00:00:00Z | 2026-11-21T05:00:00Z
    so too of every minute                            | * * * * *   | Etc/UTC       | 2026-05-01T00:00:00Z | 2026-11-25T00:00:30Z | 2026-11-25T00:00:00Z
    in another zone it would not have been yet        | 0 5 * * 6   | America/Lima  | 2026-11-21T05:00:00Z | 2026-11-21T09:00:00Z |
    a zone moved west: the same hour comes again      | 0 5 * * 6   | America/Lima  | 2026-11-21T05:00:00Z | 2026-11-21T10:00:00Z | 2026-11-21T10:00:00Z
    jumped over, it was when the clock had jumped     | 30 2 * * 0  | Europe/Berlin | 2026-03-28T12:00:00Z | 2026-03-29T01:00:00Z | 2026-03-29T01:00:00Z
    before the jump it was not                        | 30 2 * * 0  | Europe/Berlin | 2026-03-28T12:00:00Z | 2026-03-29T00:59:59Z |
    a repeated time was where it came first           | 30 2 * * 0  | Europe/Berlin | 2026-10-24T12:00:00Z | 2026-10-25T12:00:00Z | 2026-10-25T00:30:00Z
    also when asked for within the repetition         | 30 2 * * 0  | Europe/Berlin | 2026-10-24T12:00:00Z | 2026-10-25T01:10:00Z | 2026-10-25T00:30:00Z
    and it has not been done again since              | 30 2 * * 0  | Europe/Berlin | 2026-10-25T00:30:00Z | 2026-10-25T12:00:00Z |
    the last 29th of February, over 2100              | 0 0 29 2 *  | Etc/UTC       | 2090-01-01T00:00:00Z | 2103-12-31T00:00:00Z | 2096-02-29T00:00:00Z
    what never comes never was                        | 0 0 30 2 *  | Etc/UTC       | 2000-01-01T00:00:00Z | 2026-11-21T16:00:00Z |
    nothing is between a moment and itself            | * * * * *   | Etc/UTC       | 2026-11-21T05:00:00Z | 2026-11-21T05:00:00Z |
    nor backwards                                     | * * * * *   | Etc/UTC       | 2026-11-21T05:00:00Z | 2026-11-20T05:00:00Z |
    """)
    void wasLast(String promise, String cron, String zone, Instant after, Instant until, Instant last)
            throws InvalidSchedule {
        assertThat(CronSchedule.parse(cron, zone).lastBetween(after, until))
                .as(promise)
                .isEqualTo(Optional.ofNullable(last));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
    60 * * * *       | '60' is no minute (0-59)
    0 24 * * *       | '24' is no hour (0-23)
    0 0 0 * *        | '0' is no day of month (1-31)
    0 0 * 13 *       | '13' is no month (1-12 or jan-dec)
    0 5 * * 8        | '8' is no day of week (0-7 or sun-sat)
    0 0 * foo *      | 'foo' is no month
    */0 * * * *      | '*/0' is no minute (0-59; a step stands after '*' or a range)
    5/15 * * * *     | '5/15' is no minute (0-59; a step stands after '*' or a range)
    1,, * * * *      | '1,,' is no minute
    -5 * * * *       | '-5' is no minute
    0 0 ? * 1        | '?' is no day of month
    0 0 L * *        | 'L' is no day of month
    0 0 * * 5#2      | '5#2' is no day of week
    0 5 * *          | it has 4 of five fields
    0 5 * * 6 2026   | it has 6 of five fields
    @yearly          | it has 1 of five fields
    ""               | it has 0 of five fields
    " 0 5 * * 6"     | it begins or ends with a blank
    0 22-2 * * *     | Invalid range [22,2]
    */60 * * * *     | Period 60 not in range [0, 59]
    0 0 * * fri-mon  | Invalid range [5,1]
    """)
    void whatCannotBeReadIsNamedWithWhatMayBeWritten(String cron, String cause) {
        assertThatThrownBy(() -> CronSchedule.parse(cron, "Etc/UTC"))
                .isInstanceOf(InvalidSchedule.class)
                .hasMessageStartingWith("Schedule '%s' cannot be read: %s", cron, cause)
                .hasMessageEndingWith(
                        ". Write minute, hour, day of month, month and day of week, such as '0 5 * * 6', or '@daily', '@weekly', '@monthly'.")
                .hasMessageNotContaining("!");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"Mars/Olympus", "europe/berlin", "+02:00", "Local", ""})
    void aTimeZoneIsAnIanaName(String zone) {
        assertThatThrownBy(() -> CronSchedule.parse("0 5 * * 6", zone))
                .isInstanceOf(InvalidSchedule.class)
                .hasMessage(
                        "Time zone '%s' is not known; write an IANA name, such as 'Europe/Berlin' or 'Etc/UTC'.", zone);
    }
}
