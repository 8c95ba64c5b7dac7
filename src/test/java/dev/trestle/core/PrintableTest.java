package dev.trestle.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void noControlCharacterIsLeft() {
        IntStream.concat(IntStream.rangeClosed(0, 0x1f), IntStream.rangeClosed(0x7f, 0x9f))
                .filter(c -> c != '\n' && c != '\t')
                .forEach(c -> assertThat(Printable.of("a" + (char) c + "b")).isEqualTo("a\\u%04x".formatted(c) + "b"));
    }

    @Test
    void theOrderOfTextIsNotChanged() {
        for (var c : "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069".toCharArray()) {
            assertThat(Printable.of("a" + c)).isEqualTo("a\\u%04x".formatted((int) c));
        }
    }

    @Test
    void whatPeopleReadStays() {
        var text = "café 👷 你好\tשלום\r\n%s\\u001b";

        assertThat(Printable.of(text)).isEqualTo(text);
    }

    @Test
    void aLineCannotBeWrittenOver() {
        assertThat(Printable.of("bad\rgood")).isEqualTo("bad\\u000dgood");
    }
}
