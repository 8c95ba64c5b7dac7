package dev.trestle.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The valid objects of the CRDs' own tests, and what each of their fields may hold: random objects are mixed of these. */
final class Corpus {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Path FILES = Path.of("src/test/resources/crd-validation");

    private final Map<String, List<ObjectNode>> samples = new TreeMap<>();
    private final Map<String, List<JsonNode>> seen = new TreeMap<>();
    private final Map<String, Set<String>> fields = new TreeMap<>();

    static Corpus read() throws IOException {
        var corpus = new Corpus();
        try (var files = Files.walk(FILES)) {
            for (var file : files.filter(path -> path.getFileName().toString().startsWith("valid-"))
                    .sorted()
                    .toList()) {
                var documents = Files.readString(file).split("(?m)^---\\n", -1);
                corpus.add((ObjectNode) YAML.readTree(documents[documents.length - 1]));
            }
        }
        return corpus;
    }

    private void add(ObjectNode object) {
        samples.computeIfAbsent(kind(object), _ -> new ArrayList<>()).add(object);
        for (var pointer : pointers(object)) {
            var node = object.at(pointer);
            var field = field(object, pointer);
            seen.computeIfAbsent(field, _ -> new ArrayList<>()).add(node);
            if (node instanceof ObjectNode parent) {
                parent.fieldNames()
                        .forEachRemaining(name -> fields.computeIfAbsent(field, _ -> new TreeSet<>())
                                .add(name));
            }
        }
    }

    List<ObjectNode> samples(String kind) {
        return samples.getOrDefault(kind, List.of());
    }

    /** What valid objects hold there. */
    List<JsonNode> seenAt(ObjectNode object, String pointer) {
        return seen.getOrDefault(field(object, pointer), List.of());
    }

    /** What the object there may have and has not. */
    List<String> absentFields(ObjectNode object, String pointer) {
        return fields.getOrDefault(field(object, pointer), Set.of()).stream()
                .filter(name -> !object.at(pointer).has(name))
                .toList();
    }

    /** Where the object has something: its spec, and all below. */
    static List<String> pointers(ObjectNode object) {
        var found = new ArrayList<String>();
        collect(object.path("spec"), "/spec", found);
        return found;
    }

    private static void collect(JsonNode node, String pointer, List<String> found) {
        if (node.isMissingNode()) {
            return;
        }
        found.add(pointer);
        switch (node) {
            case ObjectNode object ->
                object.properties().forEach(field -> collect(field.getValue(), pointer + "/" + field.getKey(), found));
            case ArrayNode items -> {
                for (var at = 0; at < items.size(); at++) {
                    collect(items.get(at), pointer + "/" + at, found);
                }
            }
            default -> {}
        }
    }

    static String kind(JsonNode object) {
        return object.path("kind").asText();
    }

    private static String field(ObjectNode object, String pointer) {
        return kind(object) + pointer.replaceAll("/\\d+", "[]");
    }
}
