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
        threads.run(Lane.SLOW, LookThreadsTest::hangs, () -> {});
        threads.run(Lane.USUAL, () -> done.add("usual"), () -> {});

        await().untilAsserted(() -> assertThat(done).containsExactly("usual"));
    }

    @Test
    void theNextOfALaneComesWhenTheOneBeforeHasEnded() {
        var end = new CountDownLatch(1);
        threads.run(Lane.NEW, () -> waitsFor(end), () -> {});
        threads.run(Lane.NEW, () -> done.add("second"), () -> {});
        assertThat(done).isEmpty();
        end.countDown();

        await().untilAsserted(() -> assertThat(done).containsExactly("second"));
    }

    @Test
    void aLookThatTakesTooLongIsGivenUpAndItsPlaceIsFree() {
        threads.run(Lane.NEW, LookThreadsTest::hangs, () -> done.add("given up"));
        threads.run(Lane.NEW, () -> done.add("next"), () -> {});
        time.advance(LONGEST.minusMillis(1));
        assertThat(done).isEmpty();
        time.advance(Duration.ofMillis(1));

        await().untilAsserted(() -> assertThat(done).containsExactlyInAnyOrder("given up", "next"));
    }

    @Test
    void aLookThatEndsInAnErrorGivesItsPlaceBack() {
        threads.run(
                Lane.NEW,
                () -> {
                    throw new StackOverflowError();
                },
                () -> {});
        threads.run(Lane.NEW, () -> done.add("next"), () -> {});

        await().untilAsserted(() -> assertThat(done).containsExactly("next"));
    }

    @Test
    void looksHaveThreadsOfTheirOwn() {
        threads.run(
                Lane.NEW, () -> done.add("virtual: " + Thread.currentThread().isVirtual()), () -> {});

        await().untilAsserted(() -> assertThat(done).containsExactly("virtual: false"));
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
