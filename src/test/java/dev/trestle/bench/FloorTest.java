package dev.trestle.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloorTest {

    @ParameterizedTest(name = "{0} s and {1} s: another {2}")
    @CsvSource({"12.0, 12.5, false", "12.0, 15.0, false", "12.0, 15.1, true", "45.0, 13.0, true"})
    void figuresThatDifferByMoreThanAQuarterAreRepeated(double before, double after, boolean another) {
        assertThat(Floor.of(before, after).wantsAnother()).isEqualTo(another);
    }

    @Test
    void theLowestCountsAsSoonAsTwoAgree() {
        var floor = Floor.of(45, 13).and(14);

        assertThat(floor.agrees()).isTrue();
        assertThat(floor.wantsAnother()).isFalse();
        assertThat(floor.lowest()).isEqualTo(13);
    }

    @Test
    void measuringEndsOnAMachineThatIsNeverQuiet() {
        var floor = Floor.of(10, 20).and(40).and(80).and(160);

        assertThat(floor.agrees()).isFalse();
        assertThat(floor.wantsAnother()).isFalse();
    }

    @Test
    void aBusyMachineIsSaid() {
        var before = MachineLoad.parse("cpu  100 0 100 1000 0 0 0 0 0 0");

        assertThat(before.disturbanceUntil(MachineLoad.parse("cpu  110 0 110 1180 0 0 0 0 0 0")))
                .isEmpty();
        assertThat(before.disturbanceUntil(MachineLoad.parse("cpu  150 0 150 1100 0 0 0 0 0 0")))
                .isPresent();
        assertThat(before.disturbanceUntil(MachineLoad.parse("cpu  100 0 100 1180 0 0 0 20 0 0")))
                .get()
                .asString()
                .contains("10 % stolen");
    }
}
