package dev.trestle.shipped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class ShippedJvmTest {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    @Test
    void theHeapIsThatOfTheChartsMemoryLimit() throws Exception {
        var ended = ShippedJvm.run(TellsItsHeap.class, LONGEST, "hello");

        assertThat(ended.exitCode()).as(ended.errors()).isZero();
        assertThat(ended.output()).startsWith("hello ");
        assertThat(Long.parseLong(ended.output().strip().substring("hello ".length())))
                .isBetween(ShippedJvm.heapBytes() * 9 / 10, ShippedJvm.heapBytes() * 11 / 10);
    }

    @Test
    void theFlagsAreThoseOfTheImage() throws Exception {
        assertThat(ShippedJvm.flags())
                .contains("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-Xms16m")
                .allMatch(flag -> flag.startsWith("-X"));
    }

    @Test
    void aProgramWithoutABudgetEnds() throws Exception {
        assertThat(ShippedJvm.run(TakesAll.class, LONGEST).exitCode()).isEqualTo(3);
    }

    @Test
    void aProgramThatTakesTooLongIsKilled() {
        assertThatThrownBy(() -> ShippedJvm.run(NeverEnds.class, Duration.ofMillis(300)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("takes longer than");
    }

    static final class TellsItsHeap {
        private TellsItsHeap() {}

        static void main(String[] arguments) {
            System.out.println(arguments[0] + " " + Runtime.getRuntime().maxMemory());
        }
    }

    static final class TakesAll {
        private TakesAll() {}

        static void main() {
            var kept = new ArrayList<byte[]>();
            while (kept.size() < Integer.MAX_VALUE) {
                kept.add(new byte[1 << 20]);
            }
        }
    }

    static final class NeverEnds {
        private NeverEnds() {}

        static void main() throws InterruptedException {
            Thread.currentThread().join();
        }
    }
}
