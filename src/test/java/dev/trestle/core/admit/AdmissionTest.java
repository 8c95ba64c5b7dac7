package dev.trestle.core.admit;

import static dev.trestle.core.admit.Legs.NOON;
import static dev.trestle.core.admit.Legs.POOL;
import static dev.trestle.core.admit.Legs.atMost;
import static dev.trestle.core.admit.Legs.due;
import static dev.trestle.core.admit.Legs.key;
import static dev.trestle.core.admit.Legs.running;
import static dev.trestle.core.admit.Legs.wavesAtMost;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.trestle.core.config.Limits;
import dev.trestle.core.inputs.Cause;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AdmissionTest {
    /** Each begins with the room of one, and is refused; else the first of them would be so for ever. */
    @Test
    void aRegistryThatHasHadEnoughIsAskedInTurnOverAllPoolsAndMerges() {
        var merge = DueLeg.ofMerge(key("shop/a"), "a-merge", NOON, Set.of("quay.io"), NOON.plusSeconds(30));
        var first = needing(due("shop/b", "amd64", Cause.Request, NOON), NOON.plusSeconds(10));
        var second = needing(due("shop/c", "arm64", Cause.Wave, NOON), NOON.plusSeconds(20));
        var never = needing(due("shop/d", "riscv64", Cause.Wave, NOON.plusSeconds(40)), Instant.EPOCH);
        var free = due("shop/e", "amd64", Cause.Wave, NOON);

        assertThat(startNow(1, merge, first, second, never, free)).containsExactly(never, free);
        assertThat(startNow(2, merge, first, second, free)).containsExactly(first, second, free);
        assertThat(startNow(0, merge, first)).isEmpty();
        assertThat(startNow(1, merge)).containsExactly(merge);
    }

    private static List<DueLeg> startNow(int room, DueLeg... due) {
        return Admission.startNow(
                new Pools(Map.of(), List.of(due), List.of(), Map.of("quay.io", room), NOON.plusSeconds(60)));
    }

    private static DueLeg needing(DueLeg leg, Instant limitedAt) {
        return Legs.needing("quay.io", leg, limitedAt);
    }

    static Stream<Arguments> cases() {
        return Stream.of(
                arguments(
                        "without a limit all start, the most urgent first",
                        Limits.NONE,
                        List.of(),
                        List.of(
                                due("a/refresh", Cause.Refresh, 9),
                                due("a/wave", Cause.Wave, 9),
                                due("a/commit", Cause.Source, 9),
                                due("a/new", Cause.Request, 0)),
                        List.of("new", "commit", "wave", "refresh")),
                arguments(
                        "of one cause the one starts that waits longest",
                        atMost(2),
                        List.of(),
                        List.of(due("a/x", Cause.Source, 1), due("a/y", Cause.Source, 3), due("a/z", Cause.Source, 2)),
                        List.of("y", "z")),
                arguments(
                        "a full pool starts nothing",
                        atMost(1),
                        List.of(running("a/r", Cause.Request)),
                        List.of(due("a/x", Cause.Request, 1)),
                        List.of()),
                arguments(
                        "a pool whose limit was lowered starts nothing until enough have ended",
                        atMost(1),
                        List.of(running("a/r", Cause.Request), running("a/s", Cause.Request)),
                        List.of(due("a/x", Cause.Request, 1)),
                        List.of()),
                arguments(
                        "waves and refreshes together take a quarter of the pool, rounded up",
                        atMost(5),
                        List.of(),
                        List.of(due("a/w1", Cause.Wave, 3), due("a/w2", Cause.Wave, 2), due("a/r", Cause.Refresh, 9)),
                        List.of("w1", "w2")),
                arguments(
                        "places that waves must not take are taken by others",
                        atMost(2, 1),
                        List.of(running("a/w", Cause.Wave)),
                        List.of(due("a/w1", Cause.Wave, 50), due("a/commit", Cause.Source, 0)),
                        List.of("commit")),
                arguments(
                        "a budget of waves alone limits no others",
                        wavesAtMost(1),
                        List.of(),
                        List.of(
                                due("a/w1", Cause.Wave, 3),
                                due("a/w2", Cause.Wave, 2),
                                due("a/commit", Cause.Source, 1)),
                        List.of("commit", "w1")),
                arguments(
                        "a namespace with less in the pool comes first, however long the other waits",
                        atMost(3),
                        List.of(running("big/r", Cause.Source)),
                        List.of(
                                due("big/x", Cause.Source, 30),
                                due("big/y", Cause.Source, 29),
                                due("small/z", Cause.Source, 1)),
                        List.of("z", "x")),
                arguments(
                        "but it does not jump ahead with what is less urgent",
                        atMost(2),
                        List.of(running("big/r", Cause.Source)),
                        List.of(due("big/x", Cause.Request, 0), due("small/z", Cause.Source, 30)),
                        List.of("x")),
                arguments(
                        "after two hours a wave is as urgent as a request, and older",
                        atMost(1),
                        List.of(),
                        List.of(due("a/new", Cause.Request, 59), due("a/wave", Cause.Wave, 120)),
                        List.of("wave")),
                arguments(
                        "a minute before that it is not",
                        atMost(1),
                        List.of(),
                        List.of(due("a/new", Cause.Request, 59), due("a/wave", Cause.Wave, 119)),
                        List.of("new")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void starts(String promise, Limits limits, List<RunningLeg> running, List<DueLeg> due, List<String> expected) {
        assertThat(Admission.startNow(new Pools(Map.of(POOL, limits), due, running, Map.of(), NOON)))
                .extracting(leg -> leg.build().name())
                .containsExactlyElementsOf(expected);
    }

    @Test
    void poolsDoNotTakeEachOthersPlaces() {
        var limits = Map.of("amd64", atMost(1), "arm64", atMost(1));
        var due = List.of(due("a/x", "amd64", Cause.Source, NOON), due("a/y", "arm64", Cause.Source, NOON));
        var running = List.of(new RunningLeg(new PodKey("a", "r-1"), "amd64", Cause.Source));

        assertThat(Admission.startNow(new Pools(limits, due, running, Map.of(), NOON)))
                .extracting(leg -> leg.build().name())
                .containsExactly("y");
    }
}
