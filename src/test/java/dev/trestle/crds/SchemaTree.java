package dev.trestle.crds;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.Objects;
import java.util.function.BiConsumer;

/** Goes through a schema, outer fields first. Paths are as people write them: {@code spec.legs[].platform}. */
final class SchemaTree {
    private SchemaTree() {}

    /** The schema of {@code spec} or {@code status}. */
    static JSONSchemaProps part(JSONSchemaProps root, String name) {
        return Objects.requireNonNull(root.getProperties().get(name), name);
    }

    static void walk(String path, JSONSchemaProps schema, BiConsumer<String, JSONSchemaProps> visit) {
        visit.accept(path, schema);
        if (schema.getProperties() != null) {
            schema.getProperties().forEach((name, field) -> walk(path + "." + name, field, visit));
        }
        if (schema.getItems() != null) {
            walk(path + "[]", schema.getItems().getSchema(), visit);
        }
    }
}
