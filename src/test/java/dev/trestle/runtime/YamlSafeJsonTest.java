package dev.trestle.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class YamlSafeJsonTest {

    @Test
    void nothingIsSentThatYamlRefusesOrFolds() {
        assertThat(sent(everyCharacter()).chars())
                .allMatch(character -> character == '\n'
                        || (character >= 0x20 && character <= 0x7e)
                        || (character >= 0xa0 && character <= 0xfffd && character != 0xfeff))
                .doesNotContain(0x2028, 0x2029);
    }

    @Test
    void whatIsReadIsWhatWasMeant() throws Exception {
        var text = everyCharacter();
        var read = new ObjectMapper().readValue(sent(text), ConfigMap.class);
        assertThat(read.getData()).containsEntry("text", text);
    }

    @Test
    void ordinaryLettersStayAsTheyAre() {
        assertThat(sent("ünïcode 💀 \\u007f")).contains("ünïcode 💀 \\\\u007f");
    }

    /** But for the halves of pairs, which no text has alone. */
    private static String everyCharacter() {
        return IntStream.rangeClosed(0, 0xffff)
                .filter(character -> character < Character.MIN_SURROGATE || character > Character.MAX_SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String sent(String text) {
        return ApiServerJson.serialization()
                .asJson(new ConfigMapBuilder().addToData("text", text).build());
    }
}
