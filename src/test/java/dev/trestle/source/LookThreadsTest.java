package dev.trestle.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LookThreadsTest {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final HandCranked time = new HandCranked();
    private final LookThreads threads =
            new LookThreads(Map.of(Lane.USUAL, 1, Lane.NEW, 1, Lane.SLOW, 1), LONGEST, time);
    private final List<String> done = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        threads.close();
    }

    @Test
    void oneLaneDoesNotWaitForAnother() {
        threads.run(Lane.SLOW, "git.example", LookThreadsTest::hangs, () -> {});
        threads.run(Lane.USUAL, "git.example", () -> done.add("usual"), () -> {});

        await().untilAsserted(() -> assertThat(done).containsExactly("usual"));
    }

    @Test
    void theNextOfALaneComesWhenTheOneBeforeHasEnded() {
        var end = new CountDownLatch(1);
        threads.run(Lane.NEW, "git.example", () -> waitsFor(end), () -> {});
        threads.run(Lane.NEW, "git.example", () -> done.add("second"), () -> {});
        assertThat(done).isEmpty();
        end.countDown();

        await().untilAsserted(() -> assertThat(done).containsExactly("second"));
    }

    @Test
    void aLookThatTakesTooLongIsGivenUpAndItsPlaceIsFree() {
        threads.run(Lane.USUAL, "git.example", LookThreadsTest::hangs, () -> done.add("given up"));
        threads.run(Lane.USUAL, "git.example", () -> done.add("next"), () -> {});
        time.advance(LONGEST.minusMillis(1));
        assertThat(done).isEmpty();
        time.advance(Duration.ofMillis(1));

        await().untilAsserted(() -> assertThat(done).containsExactlyInAnyOrder("given up", "next"));
    }

    @Test
    void aLookThatEndsInAnErrorGivesItsPlaceBack() {
        threads.run(
                Lane.NEW,
                "git.example",
                () -> {
                    throw new StackOverflowError();
                },
                () -> {});
        threads.run(Lane.NEW, "git.example", () -> done.add("next"), () -> {});

        await().untilAsserted(() -> assertThat(done).containsExactly("next"));
    }

    @Test
    void looksHaveThreadsOfTheirOwn() {
        threads.run(
                Lane.NEW,
                "git.example",
                () -> done.add("virtual: " + Thread.currentThread().isVirtual()),
                () -> {});

        await().untilAsserted(() -> assertThat(done).containsExactly("virtual: false"));
    }

    @Test
    void theServerWithTheFewestThreadsIsNext() {
        var lanes = new LookThreads(Map.of(Lane.USUAL, 2), LONGEST, time);
        var end = new CountDownLatch(1);
        lanes.run(Lane.USUAL, "slow.example", LookThreadsTest::hangs, () -> {});
        lanes.run(Lane.USUAL, "git.example", () -> waitsFor(end), () -> {});
        lanes.run(Lane.USUAL, "slow.example", () -> done.add("second of the slow server"), () -> {});
        lanes.run(Lane.USUAL, "git.example", () -> done.add("honest"), () -> {});
        end.countDown();

        await().untilAsserted(() -> assertThat(done).containsExactly("honest", "second of the slow server"));
        lanes.close();
    }

    @Test
    void firstLooksThatTakeLongMakeRoomWhateverTheirServers() {
        var lanes = new LookThreads(Map.of(Lane.NEW, 4), LONGEST, time);
        for (var at = 0; at < 4; at++) {
            lanes.run(Lane.NEW, "slow%d.example".formatted(at), LookThreadsTest::hangs, () -> done.add("given up"));
        }
        lanes.run(Lane.NEW, "git.example", () -> done.add("honest"), () -> {});
        time.advance(LookThreads.PATIENCE.minusMillis(1));
        assertThat(done).isEmpty();
        time.advance(Duration.ofMillis(1));

        await().untilAsserted(() -> assertThat(done).containsExactly("honest"));
        lanes.close();
    }

    @Test
    void theLongestOfTooManySlowLooksIsGivenUp() {
        var lanes = new LookThreads(Map.of(Lane.NEW, 4), LONGEST, time);
        for (var at = 0; at <= LookThreads.MOST_SLOW; at++) {
            var name = "look " + at;
            lanes.run(Lane.NEW, "slow%d.example".formatted(at), LookThreadsTest::hangs, () -> done.add(name));
        }
        for (var at = 0; at <= LookThreads.MOST_SLOW; at += 4) {
            assertThat(done).isEmpty();
            time.advance(LookThreads.PATIENCE);
        }

        assertThat(done).containsExactly("look 0");
        lanes.close();
    }

    /** As a loop in a library would: an interrupt changes nothing. */
    private static void hangs() {
        waitsFor(new CountDownLatch(1));
    }

    private static void waitsFor(CountDownLatch end) {
        while (end.getCount() > 0) {
            try {
                end.await();
            } catch (InterruptedException e) {
                assertThat(e).as("it goes on").isNotNull();
            }
        }
    }
}
