package dev.trestle.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.runtime.RateLimit.Rate;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private long now = Long.MAX_VALUE - 5; // System.nanoTime may overflow
    private final RateLimit limit = new RateLimit(new Rate(2, 5), new Rate(10, 8), () -> now);

    @Test
    void aSourceMayAskSoOftenAtOnce() {
        assertThat(allowed("a", 20)).isEqualTo(5);
    }

    @Test
    void aSourceMayAskAgainAsTimePasses() {
        allowed("a", 20);
        now += Duration.ofSeconds(1).toNanos();
        assertThat(allowed("a", 20)).isEqualTo(2);
        now += Duration.ofMinutes(1).toNanos();
        assertThat(allowed("a", 20)).isEqualTo(5);
    }

    @Test
    void aSourceThatAsksTooOftenLeavesRoomForOthers() {
        allowed("a", 1_000);
        assertThat(allowed("b", 1)).isEqualTo(1);
    }

    @Test
    void allSourcesTogetherMayAskSoOften() {
        assertThat(IntStream.range(0, 100).map(source -> allowed(source, 1)).sum())
                .isEqualTo(8);
    }

    private int allowed(Object source, int requests) {
        return (int)
                IntStream.range(0, requests).filter(_ -> limit.allows(source)).count();
    }
}
