package dev.trestle.core.plan;

import static dev.trestle.core.plan.KeptBase.aBase;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What asks for a rebuild of a base: an occurrence that comes, a request that is made; never that one of them is edited or removed. */
class BaseRefreshTest {
    private static final String SATURDAY = "scheduled 2026-11-14T05:00:00Z";

    /** Built, and rebuilt on Saturday the 14th. */
    private static KeptBase rebuiltOnSaturday() {
        return aBase().scheduled("0 5 * * 6", null).at("2026-11-12T10:00:00Z").at("2026-11-14T05:00:00Z");
    }

    @Test
    void anOccurrenceIsTakenUpOnce() {
        var base = rebuiltOnSaturday();

        assertThat(base.token()).isEqualTo(SATURDAY);
        assertThat(base.at("2026-11-14T05:00:01Z").at("2026-11-19T10:00:00Z").token())
                .isEqualTo(SATURDAY);
        assertThat(base.at("2026-11-21T05:00:00Z").token()).isEqualTo("scheduled 2026-11-21T05:00:00Z");
    }

    @Test
    void ofSeveralThatCameWhileTheOperatorWasAwayTheLastIsTakenUp() {
        assertThat(rebuiltOnSaturday().at("2026-12-10T10:00:00Z").token()).isEqualTo("scheduled 2026-12-05T05:00:00Z");
    }

    static Stream<Arguments> edits() {
        return Stream.of(
                edit("another hour", base -> base.scheduled("0 6 * * 6", null)),
                edit("another day", base -> base.scheduled("0 5 * * 0", null)),
                edit("another zone", base -> base.scheduled("0 5 * * 6", "Europe/Berlin")),
                edit("once a month", base -> base.scheduled("0 5 1 * *", null)),
                edit("none", KeptBase::unscheduled),
                edit("one that cannot be read", base -> base.scheduled("0 5 * *", null)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("edits")
    void anEditOfTheScheduleRebuildsNothing(String promise, UnaryOperator<KeptBase> edit) {
        var base = edit.apply(rebuiltOnSaturday()).at("2026-11-19T10:00:00Z").at("2026-11-19T10:00:30Z");

        assertThat(base.token()).isEqualTo(SATURDAY);
    }

    @Test
    void afterAnEditTheNextOccurrenceIsOneOfTheNewSchedule() {
        var base = rebuiltOnSaturday().scheduled("0 6 * * 5", null).at("2026-11-19T10:00:00Z");

        assertThat(base.at("2026-11-20T05:59:59Z").token()).isEqualTo(SATURDAY);
        assertThat(base.at("2026-11-20T06:00:00Z").token()).isEqualTo("scheduled 2026-11-20T06:00:00Z");
    }

    @Test
    void aScheduleThatIsAddedWaitsForItsFirstOccurrence() {
        var base =
                aBase().at("2026-10-20T10:00:00Z").scheduled("0 5 * * 6", null).at("2026-11-19T10:00:00Z");

        assertThat(base.token()).isEmpty();
        assertThat(base.at("2026-11-21T05:00:00Z").token()).isEqualTo("scheduled 2026-11-21T05:00:00Z");
    }

    @Test
    void anUpgradeOfTheOperatorRebuildsNothing() {
        var base = rebuiltOnSaturday().byAnOlderVersion();

        assertThat(base.at("2026-11-19T10:00:00Z").token()).isEqualTo(SATURDAY);
        assertThat(base.byAnOlderVersion().at("2026-11-21T05:00:00Z").token())
                .isEqualTo("scheduled 2026-11-21T05:00:00Z");
    }

    @Test
    void aRequestStaysWhenItsAnnotationIsRemoved() {
        var base = aBase().annotated("once").at("2026-11-12T10:00:00Z");
        assertThat(base.token()).isEqualTo("requested once");

        assertThat(base.annotated(null).at("2026-11-12T11:00:00Z").token()).isEqualTo("requested once");
        assertThat(base.annotated("once").at("2026-11-12T12:00:00Z").token()).isEqualTo("requested once");
        assertThat(base.annotated("again").at("2026-11-12T13:00:00Z").token()).isEqualTo("requested again");
    }

    private static Arguments edit(String promise, UnaryOperator<KeptBase> edit) {
        return arguments(promise, edit);
    }
}
