package dev.trestle.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.trestle.core.config.Configuration;
import dev.trestle.core.config.ConfigurationReader;
import dev.trestle.core.config.ConfigurationRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;

/** The operator's configuration file: one YAML document, in which every key stands once. */
public final class ConfigurationFile {
    private static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL) // a builder leaves out this default
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** The parser's form of a fault: its task, the fault, and after each of them the place and an excerpt. */
    private static final Pattern FAULT =
            Pattern.compile("(?:.*\n)?([^\n]+)\n in 'reader', (line \\d+, column \\d+):.*", Pattern.DOTALL);

    private static final Pattern DUPLICATE = Pattern.compile("Duplicate field '(.*)'", Pattern.DOTALL);

    private ConfigurationFile() {}

    /** The file cannot be used; the message names the place, the fault and the allowed values. */
    public static final class Invalid extends Exception {
        private static final long serialVersionUID = 1L;

        Invalid(String message) {
            super(message);
        }

        Invalid(ConfigurationRefused refusal) {
            super(refusal.getMessage(), refusal);
        }
    }

    /** @throws Invalid when the text is no YAML, has an unknown key, or a value that is not allowed */
    public static Configuration parse(String yaml) throws Invalid {
        var tree = treeOf(yaml);
        if (tree.isMissingNode() || tree.isNull()) { // the former without any document
            throw new Invalid(
                    "The configuration is empty; it must have at least 'builderImage', 'mergeImage' and 'pools'.");
        }
        try {
            return ConfigurationReader.read(tree);
        } catch (ConfigurationRefused e) {
            throw new Invalid(e);
        }
    }

    private static JsonNode treeOf(String yaml) throws Invalid {
        try {
            refuseAliases(yaml);
            return YAML.readTree(yaml);
        } catch (MismatchedInputException e) {
            throw new Invalid("A second document begins at line %d; the file must hold one."
                    .formatted(e.getLocation().getLineNr()));
        } catch (JsonProcessingException e) {
            throw new Invalid(faultOf(e));
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    /** A tree would have the anchor's name where its value is meant. */
    private static void refuseAliases(String yaml) throws IOException, Invalid {
        try (var parser = YAML.getFactory().createParser(yaml)) {
            while (parser.nextToken() != null) {
                if (parser.isCurrentAlias()) {
                    throw new Invalid("Line %d has the alias '*%s'; write out what it stands for."
                            .formatted(parser.currentTokenLocation().getLineNr(), parser.getText()));
                }
            }
        }
    }

    private static String faultOf(JsonProcessingException e) {
        var told = e.getOriginalMessage();
        var where = "line %d, column %d"
                .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
        var duplicate = DUPLICATE.matcher(told);
        if (duplicate.matches()) {
            return "'%s' stands twice in one mapping, again at line %d; each key may stand once."
                    .formatted(duplicate.group(1), e.getLocation().getLineNr());
        }
        if (told.startsWith("Expected a field name")) {
            return "Not YAML that can be read here, %s: a key must be a text.".formatted(where);
        }
        var fault = FAULT.matcher(told);
        return fault.matches()
                ? "Not YAML, %s: %s.".formatted(fault.group(2), fault.group(1))
                : "Not YAML, %s: %s.".formatted(where, told.lines().findFirst().orElse("unreadable"));
    }
}
