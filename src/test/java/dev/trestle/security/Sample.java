package dev.trestle.security;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A valid object, and one of its texts that an attacker sets.
 *
 * @param pointer where the text is, as {@code /spec/legs/0/platform}
 */
record Sample(ObjectNode object, String pointer) {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Path VALID = Path.of("src/test/resources/crd-validation");

    /** Each text of each kind once, by its path: {@code BackendBuild spec.legs[].platform}. */
    static Map<String, Sample> ofEachText() throws IOException {
        var samples = new LinkedHashMap<String, Sample>();
        try (var files = Files.walk(VALID)) {
            for (var file : files.filter(path -> path.getFileName().toString().startsWith("valid-"))
                    .sorted()
                    .toList()) {
                var documents = Files.readString(file).split("(?m)^---\\n", -1);
                var object = (ObjectNode) YAML.readTree(documents[documents.length - 1]);
                object.withObject("/metadata").put("name", "attacked");
                for (var top : List.of("/metadata/name", "/spec")) {
                    collect(object, top, samples);
                }
            }
        }
        return samples;
    }

    private static void collect(ObjectNode object, String pointer, Map<String, Sample> samples) {
        switch (object.at(pointer)) {
            case ObjectNode fields ->
                fields.fieldNames().forEachRemaining(name -> collect(object, pointer + "/" + name, samples));
            case ArrayNode items -> {
                for (int at = 0; at < items.size(); at++) {
                    collect(object, pointer + "/" + at, samples);
                }
            }
            case JsonNode leaf -> {
                if (leaf.isTextual()) {
                    var path = pointer.substring(1).replaceAll("/\\d+", "[]").replace('/', '.');
                    samples.putIfAbsent(object.path("kind").asText() + " " + path, new Sample(object, pointer));
                }
            }
        }
    }

    /** The paths of all texts that the CRDs allow, but those of which the API lists every value. */
    static Set<String> textsOfTheSchemas() throws IOException {
        var paths = new TreeSet<String>();
        try (var files = Files.newDirectoryStream(Path.of("crds"), "*.yaml")) {
            for (var file : files) {
                var crd = YAML.readTree(Files.readString(file));
                var schema = crd.at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");
                texts(crd.at("/spec/names/kind").asText() + " spec", schema, paths);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return paths;
    }

    private static void texts(String path, JsonNode schema, Set<String> paths) {
        if (schema.path("type").asText().equals("string") && !schema.has("enum")) {
            paths.add(path);
        }
        schema.path("properties")
                .properties()
                .forEach(field -> texts(path + "." + field.getKey(), field.getValue(), paths));
        if (schema.has("items")) {
            texts(path + "[]", schema.get("items"), paths);
        }
    }

    ObjectNode with(String value) {
        var changed = object.deepCopy();
        var slash = pointer.lastIndexOf('/');
        var last = pointer.substring(slash + 1);
        switch (changed.at(pointer.substring(0, slash))) {
            case ObjectNode fields -> fields.put(last, value);
            case ArrayNode items -> items.set(Integer.parseInt(last), items.textNode(value));
            case JsonNode other -> throw new AssertionError(other);
        }
        return changed;
    }

    /** The name by which a refusal speaks of the field. */
    String field() {
        var words = pointer.replaceAll("/\\d+$", "");
        return words.substring(words.lastIndexOf('/') + 1);
    }
}
