package dev.trestle.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ByteBudgetTest {
    private final ByteBudget budget = new ByteBudget(100, 80, 10);

    @Test
    void oneShareHasItsOwnLimit() throws Exception {
        try (var share = budget.share()) {
            share.growTo(80);
            assertThat(budget.taken()).as("beside the 10 that are free").isEqualTo(70);
            assertThatThrownBy(() -> share.growTo(81))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("takes more than");
        }
        assertThat(budget.taken()).isZero();
    }

    @Test
    void allSharesTogetherHaveOne() throws Exception {
        try (var other = budget.share()) {
            try (var one = budget.share()) {
                one.growTo(80);
                other.growTo(40);
                assertThatThrownBy(() -> other.growTo(41))
                        .isInstanceOf(Refused.class)
                        .hasMessageContaining("other repositories");
            }
            assertThatCode(() -> other.growTo(41)).doesNotThrowAnyException();
        }
    }

    @Test
    void aSmallReadFitsWhateverOthersTake() throws Exception {
        try (var one = budget.share();
                var two = budget.share();
                var small = budget.share()) {
            one.growTo(80);
            two.growTo(40);
            assertThatCode(() -> small.growTo(10)).doesNotThrowAnyException();
        }
    }
}
