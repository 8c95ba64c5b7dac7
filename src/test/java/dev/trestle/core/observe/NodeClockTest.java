package dev.trestle.core.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeClockTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            a clock that is right           , 12:05, 12:00, 12:10, 12:05
            one that is ahead               , 12:30, 12:00, 12:10, 12:10
            one that is behind              , 11:30, 12:00, 12:10, 12:00
            our own is behind               , 12:05, 12:00, 11:50, 12:00
            both are                        , 11:30, 12:00, 11:50, 12:00
            """)
    void isCorrected(String clock, String told, String created, String now, String expected) {
        assertThat(NodeClock.corrected(at(told), at(created), at(now))).isEqualTo(at(expected));
    }

    private static Instant at(String time) {
        return Instant.parse("2026-11-21T" + time + ":00Z");
    }
}
