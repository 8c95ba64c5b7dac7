package dev.trestle.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileNamesTest {
    @Test
    void namesOfAnyEncodingStayDifferent() {
        var utf8 = FileNames.of("é.txt".getBytes(StandardCharsets.UTF_8));
        var latin1 = FileNames.of("é.txt".getBytes(StandardCharsets.ISO_8859_1));
        var other = FileNames.of("è.txt".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(utf8).isEqualTo("é.txt");
        assertThat(latin1).isEqualTo("\uDCE9.txt");
        assertThat(List.of(utf8, latin1, other)).doesNotHaveDuplicates();
    }

    @Test
    void aNameThatEndsWithinACharacterIsReadToItsEnd() {
        assertThat(FileNames.of(new byte[] {'a', (byte) 0xF0, (byte) 0x9F})).isEqualTo("a\uDCF0\uDC9F");
        assertThat(FileNames.of(new byte[0])).isEmpty();
    }
}
