package dev.trestle.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.core.inputs.Cause;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTest {
    @ParameterizedTest(name = "maxRunning {0} and waveBudget {1}: {2} of waves, {3}")
    @CsvSource({
        "  ,   ,   , none waits",
        " 1,   ,  1, all wait",
        " 4,   ,  1, all wait",
        " 5,   ,  2, all wait",
        "16,   ,  4, all wait",
        "16,  9,  9, all wait",
        " 4,  9,  4, all wait",
        "  ,  3,  3, waves wait"
    })
    void aQuarterIsForWavesUnlessSaidOtherwise(
            @Nullable Integer maxRunning, @Nullable Integer waveBudget, @Nullable Integer routine, String who) {
        var limits = new Limits(Optional.ofNullable(maxRunning), Optional.ofNullable(waveBudget));

        assertThat(limits.routine()).isEqualTo(Optional.ofNullable(routine));
        assertThat(limits.bind(Cause.Request)).isEqualTo(who.equals("all wait"));
        assertThat(limits.bind(Cause.Wave)).isEqualTo(!who.equals("none waits"));
        assertThat(limits.isBinding()).isEqualTo(!who.equals("none waits"));
    }
}
