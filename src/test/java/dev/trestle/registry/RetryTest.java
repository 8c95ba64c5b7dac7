package dev.trestle.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetryTest {

    private static final Backoff BACKOFF = new Backoff(4, Duration.ofMillis(100), Duration.ofSeconds(30));

    private final List<Duration> waits = new ArrayList<>();

    private int attempts;

    @Test
    void waitsTwiceAsLongEachTime() {
        assertThatThrownBy(() -> retry(1).run(() -> fails(Optional.empty()))).hasMessage("gone");

        assertThat(waits).containsExactly(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(400));
        assertThat(attempts).isEqualTo(4);
    }

    @Test
    void jitterShortensAWaitToHalfOfItAtMost() {
        assertThatThrownBy(() -> retry(0).run(() -> fails(Optional.empty()))).hasMessage("gone");

        assertThat(waits).startsWith(Duration.ofMillis(50));
    }

    @Test
    void waitsAsTheRegistryAsksButNotForever() {
        assertThatThrownBy(() -> retry(1).run(() -> fails(Optional.of(Duration.ofHours(1)))))
                .hasMessage("gone");

        assertThat(waits).containsOnly(Duration.ofSeconds(30));
    }

    @Test
    void otherFailuresAreFinal() {
        assertThatThrownBy(() -> retry(1).run(() -> {
                    throw new IllegalStateException("final");
                }))
                .hasMessage("final");

        assertThat(waits).isEmpty();
    }

    private Object fails(Optional<Duration> after) {
        attempts++;
        throw new Retry.TryAgain(new IllegalStateException("gone"), after);
    }

    private Retry retry(double jitter) {
        return new Retry(BACKOFF, waits::add, () -> jitter);
    }
}
