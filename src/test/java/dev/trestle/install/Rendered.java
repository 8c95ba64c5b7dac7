package dev.trestle.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The objects that an installation consists of.
 *
 * @param objects by 'Kind namespace/name'
 */
record Rendered(Map<String, ObjectNode> objects) {
    static final Path CHART = Path.of("charts", "trestle");
    static final String NAMESPACE = "trestle-system";
    private static final YAMLMapper YAML = new YAMLMapper();

    static Rendered byHelm(List<String> options) throws IOException, InterruptedException {
        return of(helmTemplate(options).outputOfSuccess());
    }

    static Command helmTemplate(List<String> options) throws IOException, InterruptedException {
        var line = new ArrayList<>(List.of("helm", "template", "trestle", CHART.toString(), "--namespace", NAMESPACE));
        line.addAll(options);
        return Command.run(line);
    }

    static Rendered byKustomize(Path folder) throws IOException, InterruptedException {
        return of(
                Command.run(List.of("kubectl", "kustomize", folder.toString())).outputOfSuccess());
    }

    static Rendered of(String documents) throws IOException {
        var objects = new TreeMap<String, ObjectNode>();
        try (var values = YAML.readerFor(JsonNode.class).<JsonNode>readValues(documents)) {
            while (values.hasNext()) {
                if (values.next() instanceof ObjectNode object && objects.put(keyOf(object), object) != null) {
                    throw new AssertionError("'%s' is rendered twice".formatted(keyOf(object)));
                }
            }
        }
        return new Rendered(objects);
    }

    private static String keyOf(JsonNode object) {
        var metadata = object.path("metadata");
        return "%s %s/%s"
                .formatted(
                        object.path("kind").asText(),
                        metadata.path("namespace").asText(),
                        metadata.path("name").asText());
    }

    ObjectNode object(String key) {
        var object = objects.get(key);
        if (object == null) {
            throw new AssertionError("there is no '%s' among %s".formatted(key, objects.keySet()));
        }
        return object;
    }

    Stream<ObjectNode> ofKinds(String... kinds) {
        return objects.values().stream()
                .filter(object -> List.of(kinds).contains(object.path("kind").asText()));
    }

    /** The pod that the operator's Deployment makes. */
    JsonNode operatorPod() {
        return object("Deployment %s/trestle".formatted(NAMESPACE)).path("spec").path("template");
    }

    /** The operator's configuration file, read. */
    JsonNode configuration() throws IOException {
        return YAML.readTree(configurationText());
    }

    String configurationText() {
        return object("ConfigMap %s/trestle-config".formatted(NAMESPACE))
                .path("data")
                .path("config.yaml")
                .asText();
    }
}
