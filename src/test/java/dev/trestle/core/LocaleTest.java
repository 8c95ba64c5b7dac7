package dev.trestle.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.api.Refresh.Period;
import dev.trestle.core.refresh.RefreshPeriod;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What other programs read has ASCII digits, whatever the operator's or a person's locale. */
@Isolated
class LocaleTest {
    private final Locale before = Locale.getDefault();

    @AfterEach
    void restore() {
        Locale.setDefault(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar-EG", "fa-IR", "tr-TR", "th-TH-u-nu-thai", "en-US"})
    void weeksAndMonthsHaveAsciiDigits(String locale) {
        Locale.setDefault(Locale.forLanguageTag(locale));
        assertThat(IsoWeek.of(LocalDate.parse("2026-11-21"))).isEqualTo("2026-W47");
        var now = Instant.parse("2026-11-21T12:00:00Z");
        assertThat(RefreshPeriod.at(now, Period.Monthly, "a").label()).matches("2026-1[01]");
        assertThat(RefreshPeriod.at(now, Period.Weekly, "a").label()).matches("2026-W4[67]");
        assertThat(RefreshPeriod.at(now, Period.Daily, "a").label()).matches("2026-11-2[01]");
    }
}
