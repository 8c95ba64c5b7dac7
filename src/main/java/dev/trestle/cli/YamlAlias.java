package dev.trestle.cli;

import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.Optional;

/** Jackson reads an alias as a text, its own name: <a href="https://github.com/FasterXML/jackson-dataformats-text/issues/98">issue 98</a>. */
final class YamlAlias {
    private static final YAMLFactory YAML = new YAMLFactory();

    private YamlAlias() {}

    /** @return the way out for the first one, and its line */
    static Optional<String> firstIn(String yaml) throws IOException {
        try (YAMLParser parser = YAML.createParser(yaml)) {
            while (parser.nextToken() != null) {
                if (parser.isCurrentAlias()) {
                    return Optional.of("line %d: the alias '*%s' is not followed. Write out what it stands for."
                            .formatted(parser.currentTokenLocation().getLineNr(), parser.getText()));
                }
            }
            return Optional.empty();
        }
    }
}
