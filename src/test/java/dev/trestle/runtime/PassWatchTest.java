package dev.trestle.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.controller.Passes.UnderWay;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A pass that takes over a minute is logged: once, then every five minutes. */
class PassWatchTest {
    private final AtomicReference<List<UnderWay>> passes = new AtomicReference<>(List.of());
    private final PassWatch watch = new PassWatch(() -> passes.get().stream());

    @Test
    void aPassIsLoggedWhenItIsOlderThanAMinuteAndEveryFiveMinutesAfterwards() {
        assertThat(lookAt(60)).isZero();
        assertThat(lookAt(61)).isOne();
        assertThat(lookAt(71)).isZero();
        assertThat(lookAt(360)).isZero();
        assertThat(lookAt(361)).isOne();
    }

    @Test
    void aLaterPassOverTheSameObjectIsLoggedToo() {
        assertThat(lookAt(100)).isOne();
        assertThat(lookAt(70)).isOne();
        passes.set(List.of());
        assertThat(watch.look()).isEmpty();
        assertThat(lookAt(70)).isOne();
    }

    private int lookAt(int seconds) {
        passes.set(List.of(
                new UnderWay("backendbuild", "tenant/slow", Duration.ofSeconds(seconds), Thread.currentThread())));
        return watch.look().size();
    }
}
