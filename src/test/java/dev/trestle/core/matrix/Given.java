package dev.trestle.core.matrix;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** The project's own matrix and mappings, as they are or with something changed. */
final class Given {
    private static final Path FOLDER = Path.of("src", "test", "resources", "matrix");
    private static final YAMLMapper YAML = new YAMLMapper();

    private Given() {}

    static ObjectNode file(String name) {
        try {
            return (ObjectNode) YAML.readTree(Files.readString(FOLDER.resolve(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode yaml(String text) {
        try {
            return YAML.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The matrix, imported with the layered mapping. */
    static MatrixImport layered(Consumer<ObjectNode> change) throws ImportRefused {
        var matrix = file("matrix.yaml");
        change.accept(matrix);
        return MatrixImport.of(Mapping.read(file("mapping.yaml")), matrix, Optional.empty());
    }

    /** The matrix, imported with the mapping whose bases a second file describes. */
    static MatrixImport prebuilt(Consumer<ObjectNode> change, Consumer<ObjectNode> changeBases) throws ImportRefused {
        var matrix = file("matrix.yaml");
        var bases = file("bases.yaml");
        change.accept(matrix);
        changeBases.accept(bases);
        return MatrixImport.of(Mapping.read(file("prebuilt.yaml")), matrix, Optional.of(bases));
    }

    static ObjectNode row(ObjectNode matrix, int number) {
        return (ObjectNode) matrix.path("include").path(number - 1);
    }

    static void addRow(ObjectNode matrix, String row) {
        matrix.withArray("include").add(yaml(row));
    }
}
