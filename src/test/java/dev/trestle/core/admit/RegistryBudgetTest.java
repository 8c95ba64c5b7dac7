package dev.trestle.core.admit;

import static dev.trestle.core.admit.Legs.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.trestle.core.admit.RegistryUse.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Times are seconds after noon. A pause is longer than asked by up to a half: 30 s are 30 to 45, so at 50 the first is over. */
class RegistryBudgetTest {
    private static final int UNLIMITED = -1;
    private static final int HOUR = 3600;

    static Stream<Arguments> cases() {
        return Stream.of(
                row("who was never answered 429 has no limit", 0, UNLIMITED, well(-60, -1)),
                row("after a 429 nothing starts", 1, 0, limited(-60, 0)),
                row("for half a minute", 29, 0, limited(-60, 0)),
                row("then one", 50, 1, limited(-60, 0)),
                row("and nobody else while that one is at work", 80, 0, limited(-60, 0), running(50)),
                row("with each minute twice as many start", 50 + 180, 8 - 1, limited(-60, 0), running(50)),
                row("each that goes well lets two more start", 60, 2, limited(-60, 0), well(50, 58)),
                row("ten minutes after the pause it is over", 45 + 600, UNLIMITED, limited(-60, 0)),
                row("and not before", 30 + 599, 512, limited(-60, 0)),
                row("the next pause is twice as long", 50 + 59, 0, limited(-60, 0), limited(45, 50)),
                row("and not longer than that", 50 + 91, 1, limited(-60, 0), limited(45, 50)),
                row("at most a quarter of an hour", time(9) + 899, 0, inARow(9)),
                row("and its half", time(9) + 1351, 1, inARow(9)),
                row("then it takes as long until twice as many start", time(9) + 1351 + 900, 2, inARow(9)),
                row(
                        "what was under way before is no news: the pause is as long",
                        65,
                        1,
                        limited(-60, 0),
                        limited(-50, 19)),
                row("but begins anew", 19 + 29, 0, limited(-60, 0), limited(-50, 19)),
                row(
                        "nor is what was started in the pause, since nobody knew that it needs the registry",
                        20 + 46,
                        1,
                        limited(-60, 0),
                        limited(10, 20)),
                row(
                        "an end that is yet to come, by a clock that is ahead, counts as at the start",
                        50,
                        2,
                        limited(-60, HOUR)),
                row(
                        "two hundred that fail together are one 429",
                        50,
                        1,
                        IntStream.range(0, 200)
                                .mapToObj(i -> limited(-60 - i, 0))
                                .toArray(RegistryUse[]::new)),
                row("whatever goes well ends the pause", 10, 1, limited(-60, 0), well(-60, 10)),
                row("but if it went well before", 10, 0, limited(-60, 0), well(-60, -1)),
                row(
                        "once something has gone well, the next pause is a short one",
                        200 + 46,
                        1,
                        limited(-60, 0),
                        limited(45, 60),
                        well(160, 170),
                        limited(161, 200)),
                row("what it asks for counts", 119, 0, asking(-60, 0, 120)),
                row("until then", 121, 1, asking(-60, 0, 120)),
                row("if that is longer than the pause", 29, 0, asking(-60, 0, 5)),
                row("but no longer than an hour", HOUR + 1, 1, asking(-60, 0, 9 * HOUR)),
                row("a failure of another kind tells nothing", 10, 0, limited(-60, 0), running(-60)),
                row(
                        "what was forgotten begins anew",
                        3000 + 46,
                        1,
                        limited(-60, 0),
                        limited(45, 50),
                        limited(60, 3000)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void allows(String promise, int now, int room, RegistryUse... uses) {
        assertThat(budget(now, List.of(uses)).map(RegistryBudget::room).orElse(UNLIMITED))
                .isEqualTo(room);
    }

    @Test
    void itDoesNotMatterInWhichOrderTheyAreSeen() {
        var uses = new ArrayList<>(List.of(limited(-60, 0), limited(45, 50), well(-70, 30), limited(-80, 20)));
        var first = budget(70, uses);

        assertThat(budget(70, uses.reversed())).isEqualTo(first);
    }

    @Test
    void registriesComeBackAtTimesOfTheirOwn() {
        assertThat(Stream.of("quay.io", "ghcr.io", "docker.io")
                        .map(registry -> RegistryBudget.of(registry, List.of(limited(-60, 0)), NOON)
                                .orElseThrow()
                                .until())
                        .distinct())
                .hasSizeGreaterThan(1)
                .allSatisfy(until -> assertThat(until).isBetween(NOON.plusSeconds(30), NOON.plusSeconds(45)));
    }

    @Test
    void theMessageNamesTheRegistrySinceWhenAndUntilWhen() {
        assertThat(budget(10, List.of(limited(-60, 0))).orElseThrow().message())
                .matches(
                        "Registry 'quay.io' answers 429 since 2026-11-21T12:00:00Z\\. "
                                + "Until 2026-11-21T12:00:[34]\\dZ nothing is started that needs it, and after that one by one at first\\.");
    }

    private static Arguments row(String promise, int now, int room, RegistryUse... uses) {
        return arguments(promise, now, room, uses);
    }

    private static Optional<RegistryBudget> budget(int now, List<RegistryUse> uses) {
        return RegistryBudget.of("quay.io", uses, at(now));
    }

    /** Each is started and answered when the pause after the one before is over. */
    private static RegistryUse[] inARow(int times) {
        return IntStream.rangeClosed(1, times)
                .mapToObj(i -> limited(time(i) - 5, time(i)))
                .toArray(RegistryUse[]::new);
    }

    private static int time(int number) {
        return number == 0 ? 0 : time(number - 1) + Math.min(45 << number, 1360);
    }

    private static RegistryUse limited(int start, int end) {
        return use(start, new Answer.Limited(at(end), Optional.empty()));
    }

    private static RegistryUse asking(int start, int end, int seconds) {
        return use(start, new Answer.Limited(at(end), Optional.of(at(end + seconds))));
    }

    private static RegistryUse well(int start, int end) {
        return use(start, new Answer.Well(at(end)));
    }

    private static RegistryUse running(int start) {
        return use(start, new Answer.None());
    }

    private static RegistryUse use(int start, Answer answer) {
        return new RegistryUse(new PodKey("shop", "leg-" + start), at(start), answer);
    }

    private static Instant at(int seconds) {
        return NOON.plus(Duration.ofSeconds(seconds));
    }
}
