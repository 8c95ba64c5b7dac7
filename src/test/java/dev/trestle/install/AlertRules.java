package dev.trestle.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The alerts as they are written, and the files that belong to them. */
final class AlertRules {
    static final Path SOURCE = Rendered.CHART.resolve("files").resolve("rules.yaml");
    static final Path KUSTOMIZE = Path.of("config", "prometheus");
    private static final Path UNIT_TESTS = Path.of("src", "test", "resources", "alerts");
    private static final YAMLMapper YAML = new YAMLMapper();

    private AlertRules() {}

    /** What a PrometheusRule's 'spec' must be. */
    static JsonNode groups() throws IOException {
        return YAML.readTree(SOURCE.toFile());
    }

    static List<JsonNode> alerts() throws IOException {
        return groups().get("groups")
                .valueStream()
                .flatMap(group -> group.get("rules").valueStream())
                .toList();
    }

    static JsonNode kustomized() throws IOException {
        return YAML.readTree(KUSTOMIZE.resolve("prometheusrule.yaml").toFile());
    }

    static Path unitTestOf(String alert) {
        return UNIT_TESTS.resolve(alert + ".yaml");
    }

    static List<String> unitTests() throws IOException {
        try (var files = Files.list(UNIT_TESTS)) {
            return files.map(Path::toString).sorted().toList();
        }
    }
}
