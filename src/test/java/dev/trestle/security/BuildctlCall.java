package dev.trestle.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A leg's call of {@code buildctl build} as BuildKit reads it, after the kubelet has read it.
 *
 * @param options of the frontend, by name
 * @param output of the one exporter, by name
 * @param caches references of all caches that are read or written
 */
record BuildctlCall(Map<String, String> options, Map<String, String> output, List<String> caches) {

    static BuildctlCall of(Pod leg) {
        var options = new LinkedHashMap<String, String>();
        var outputs = new ArrayList<Map<String, String>>();
        var caches = new ArrayList<String>();
        var arguments = expanded(leg.getSpec().getContainers().getFirst());
        assertThat(arguments.size() % 2).as("each flag has one value").isZero();
        for (int at = 0; at < arguments.size(); at += 2) {
            var value = arguments.get(at + 1);
            switch (arguments.get(at)) {
                case "--frontend" -> assertThat(value).isEqualTo("dockerfile.v0");
                case "--opt" -> put(options, value);
                case "--output" -> outputs.add(attributes(value));
                case "--import-cache", "--export-cache" -> caches.add(referenceOf(attributes(value)));
                default -> throw new AssertionError("buildctl gets the flag '%s'".formatted(arguments.get(at)));
            }
        }
        assertThat(outputs).hasSize(1);
        return new BuildctlCall(options, outputs.getFirst(), caches);
    }

    static List<String> expanded(Container container) {
        Map<String, String> variables = container.getEnv().stream()
                .filter(variable -> variable.getValue() != null)
                .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
        return container.getArgs().stream()
                .map(argument -> Expansion.of(argument, variables))
                .toList();
    }

    private static Map<String, String> attributes(String text) {
        var attributes = new LinkedHashMap<String, String>();
        Csv.fields(text).forEach(field -> put(attributes, field));
        return attributes;
    }

    private static void put(Map<String, String> attributes, String field) {
        var parts = field.split("=", 2);
        assertThat(parts).as(field).hasSize(2);
        assertThat(attributes.put(parts[0], parts[1]))
                .as("'%s' stands twice", parts[0])
                .isNull();
    }

    private static String referenceOf(Map<String, String> cache) {
        assertThat(cache).containsEntry("type", "registry");
        assertThat(cache.keySet()).isSubsetOf("type", "ref", "mode", "ignore-error");
        return String.valueOf(cache.get("ref"));
    }
}
