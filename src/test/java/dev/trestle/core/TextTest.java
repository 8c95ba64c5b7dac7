package dev.trestle.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextTest {
    /** Outside the plane whose characters are one unit of UTF-16. */
    private static final String WIDE = "\uD83D\uDC1F";

    @Test
    void aTextAtTheLimitIsKeptAndOnePastItIsCut() {
        assertThat(Text.atMost(5, "abcde")).isEqualTo("abcde");
        assertThat(Text.atMost(5, "abcdef")).isEqualTo("abcd…");
        assertThat(Text.atMost(1, "ab")).isEqualTo("…");
        assertThat(Text.atMost(5, "")).isEmpty();
    }

    @Test
    void charactersAreCountedAsTheApiServerCountsThemAndNoneIsCutInTwo() {
        assertThat(Text.atMost(3, WIDE.repeat(3))).isEqualTo(WIDE.repeat(3));
        assertThat(Text.atMost(3, WIDE.repeat(4))).isEqualTo(WIDE.repeat(2) + "…");
        assertThat(Text.atMost(3, "a" + WIDE.repeat(3))).isEqualTo("a" + WIDE + "…");
    }

    @Test
    void whatUtf8OrATerminalDoesNotTakeIsReplaced() {
        assertThat(Text.atMost(40, "a\uD83Db\uDC1Fc")).isEqualTo("a\uFFFDb\uFFFDc");
        assertThat(Text.atMost(40, "\u001b[31mred\u009b\u0000\u007f")).isEqualTo("\uFFFD[31mred\uFFFD\uFFFD\uFFFD");
        assertThat(Text.atMost(40, "one\r\n\ttwo")).isEqualTo("one   two");
        assertThat(Text.atMost(40, "\u202Eevil\u2066")).isEqualTo("\uFFFDevil\uFFFD");
    }

    @Test
    void everythingIsReadBackAsItIsWritten() {
        for (var character = 0; character <= Character.MAX_VALUE; character++) {
            var text = Text.atMost(9, "x" + (char) character + "y");
            assertThat(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                    .isEqualTo(text);
        }
    }

    @Test
    void aTextOfMegabytesCostsNoMoreThanItsBeginning() {
        assertThat(Text.atMost(100, "x".repeat(50_000_000))).hasSize(100);
    }
}
