package dev.trestle.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A scalar means what YAML's core schema says, and every limit holds at its edge. */
class CoreYamlTest {

    @ParameterizedTest(name = "{0} is {1} {2}")
    @CsvSource({
        "yes, STRING, yes",
        "No, STRING, No",
        "on, STRING, on",
        "off, STRING, off",
        "y, STRING, y",
        "true, BOOLEAN, true",
        "FALSE, BOOLEAN, false",
        "tRUE, STRING, tRUE",
        "null, NULL, null",
        "~, NULL, null",
        "'', NULL, null",
        "nil, STRING, nil",
        "012, NUMBER, 12",
        "-012, NUMBER, -12",
        "+7, NUMBER, 7",
        "0o14, NUMBER, 12",
        "0x1F, NUMBER, 31",
        "0b11, STRING, 0b11",
        "1_000, STRING, 1_000",
        "'1,000', STRING, '1,000'",
        "190:20:30, STRING, 190:20:30",
        "2026-11-21, STRING, 2026-11-21",
        "3.10, NUMBER, 3.10",
        "1e3, NUMBER, 1E+3",
        ".5, NUMBER, 0.5",
        "1., NUMBER, 1",
        "1.2.3, STRING, 1.2.3",
        ".inf, STRING, .inf",
        ".NaN, STRING, .NaN",
        "12345678901234567890, NUMBER, 12345678901234567890",
        "'\"012\"', STRING, 012",
        "'!!str 012', STRING, 012",
    })
    void aScalarIsReadByTheCoreSchema(String written, JsonNodeType type, String text) throws CoreYaml.Invalid {
        var value = CoreYaml.read("key: " + written + "\n").path("key");

        assertThat(value.getNodeType()).isEqualTo(type);
        assertThat(value.isBigDecimal() ? value.decimalValue().toString() : value.asText())
                .isEqualTo(text);
    }

    @Test
    void keysAreTextsWhateverTheyLookLike() throws CoreYaml.Invalid {
        assertThat(CoreYaml.read("{on: 1, 012: 2, yes: 3, 3.10: 4, null: 5}").fieldNames())
                .toIterable()
                .containsExactly("on", "012", "yes", "3.10", "null");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a: 1\\na: 2            | 2 | 'a' stands twice",
                "a: &x 1\\nb: *x        | 2 | '*x' is not followed",
                "a: 1\\n--- \\nb: 2     | 3 | a second document",
                "? [a]\\n: 1            | 1 | a key is a list",
                "a: !env HOME           | 1 | '!env' is not read",
                "a: [1                  | 1 | ",
            })
    void whatIsNotReadIsRefusedByItsLine(String text, int line, String message) {
        assertThatThrownBy(() -> CoreYaml.read(text.strip().replace("\\n", "\n")))
                .isInstanceOfSatisfying(CoreYaml.Invalid.class, refused -> {
                    assertThat(refused.line()).isGreaterThanOrEqualTo(line);
                    assertThat(refused).hasMessageContaining(message == null ? "" : message);
                });
    }

    @Test
    void depthIsBounded() throws CoreYaml.Invalid {
        assertThat(CoreYaml.read(nested(CoreYaml.DEPTH)).isArray()).isTrue();
        assertThatThrownBy(() -> CoreYaml.read(nested(CoreYaml.DEPTH + 1))).hasMessageContaining("50 deep");
        assertThatThrownBy(() -> CoreYaml.read(nested(100_000))).isInstanceOf(CoreYaml.Invalid.class);
    }

    @Test
    void lengthIsBounded() throws CoreYaml.Invalid {
        var text = "a: '%s'".formatted("x".repeat(CoreYaml.LENGTH - 5));

        assertThat(text).hasSize(CoreYaml.LENGTH);
        assertThat(CoreYaml.read(text).path("a").isTextual()).isTrue();
        assertThatThrownBy(() -> CoreYaml.read(text + "\n")).hasMessageContaining("characters");
    }

    /** A number of a billion digits costs nothing. */
    @Test
    void longNumbersStayTexts() throws CoreYaml.Invalid {
        assertThat(value("1e400").isNumber()).isTrue();
        assertThat(value("1e401").isTextual()).isTrue();
        assertThat(value("1e1000000000").asText()).isEqualTo("1e1000000000");
        assertThat(value("9".repeat(400)).isNumber()).isTrue();
        assertThat(value("9".repeat(401)).isTextual()).isTrue();
        assertThat(value("9".repeat(1_000_000)).isTextual()).isTrue();
    }

    private static JsonNode value(String plain) throws CoreYaml.Invalid {
        return CoreYaml.read("a: " + plain).path("a");
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }

    @Test
    void anEmptyTextIsNoDocument() throws CoreYaml.Invalid {
        assertThat(CoreYaml.read("# nothing\n").isMissingNode()).isTrue();
    }

    /** What is written for kubectl is read by it, with the rules of YAML 1.1, as the text that it is. */
    @Test
    void textsThatLookLikeNumbersAreWrittenInQuotes() {
        var texts = List.of("1_000", "0x10", "0o14", "1e3", "190:20", "2026-11-21", "012", "yes", ".inf", "3.10");

        assertThat(YamlFile.text(texts).lines()).allMatch(line -> line.matches("- [\"'].*[\"']"));
    }
}
