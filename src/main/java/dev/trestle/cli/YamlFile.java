package dev.trestle.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.trestle.core.matrix.ImportRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** YAML as it stands in files. Numbers keep their digits, a key that stands twice is refused. */
final class YamlFile {
    private static final YAMLMapper READER = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final YAMLMapper WRITER = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();

    private YamlFile() {}

    static JsonNode read(Path file) throws ImportRefused {
        try {
            var text = Files.readString(file);
            var alias = YamlAlias.firstIn(text);
            if (alias.isPresent()) {
                throw new ImportRefused("%s, %s".formatted(file, alias.get()));
            }
            var tree = READER.readTree(text);
            return tree == null ? MissingNode.getInstance() : tree;
        } catch (JsonProcessingException e) {
            var place = e.getLocation();
            throw new ImportRefused("%s, line %d: %s"
                    .formatted(
                            file,
                            place == null ? 1 : place.getLineNr(),
                            e.getOriginalMessage().lines().findFirst().orElse("no YAML")));
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
}
