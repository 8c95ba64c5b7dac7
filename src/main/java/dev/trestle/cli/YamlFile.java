package dev.trestle.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import dev.trestle.core.matrix.ImportRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Files of {@code trestle import}: YAML 1.2 is read, numbers keep their digits; texts that YAML 1.1 would misread are written in quotes. */
final class YamlFile {
    /** Of a matrix or a mapping, in bytes. */
    private static final long SIZE = 4L * CoreYaml.LENGTH;

    /** Text that YAML 1.1 takes for a number or a time, as kubectl does: 1_000, 0x10, 1e3, 12:30, 2026-11-21. */
    private static final Pattern LIKE_A_NUMBER =
            Pattern.compile("[-+]?\\.?[0-9][-0-9a-fA-F_xXoO:.+eETZ ]*|[-+]?\\.(inf|Inf|INF|nan|NaN|NAN)");

    private static final YAMLMapper WRITER = YAMLMapper.builder(YAMLFactory.builder()
                    .stringQuotingChecker(new QuotesNumbers())
                    .build())
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();

    private YamlFile() {}

    static JsonNode read(Path file) throws ImportRefused {
        try {
            if (Files.size(file) > SIZE) {
                throw new ImportRefused("'%s' has more than %d bytes. Is it the right file?".formatted(file, SIZE));
            }
            return CoreYaml.read(Files.readString(file));
        } catch (CoreYaml.Invalid e) {
            throw new ImportRefused("%s, line %d: %s".formatted(file, e.line(), e.getMessage()));
        } catch (IOException e) {
            throw new ImportRefused("Cannot read '%s': %s".formatted(file, e.getMessage()));
        }
    }

    static String text(Object value) {
        try {
            return WRITER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Jackson's own checker leaves numbers with a base, an exponent or an underscore without quotes. */
    private static final class QuotesNumbers extends StringQuotingChecker.Default {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean needToQuoteValue(String value) {
            return super.needToQuoteValue(value) || LIKE_A_NUMBER.matcher(value).matches();
        }
    }
}
