package dev.trestle.crds;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.ArrayList;
import java.util.List;

/**
 * What a schema must have and lacks. An unbounded field makes the API server refuse rules for their cost, and lets one object fill etcd;
 * a default inside a list shows as a difference for ever in tools that compare what they applied.
 */
final class SchemaFaults {
    private SchemaFaults() {}

    /** One sentence per fault; empty if there is none. */
    static List<String> of(String part, JSONSchemaProps schema) {
        var faults = new ArrayList<String>();
        SchemaTree.walk(part, schema, (path, field) -> {
            if (!bounded(field)) {
                faults.add("'" + path + "' has no bound");
            }
            if (!path.endsWith("[]") && isBlank(field.getDescription())) {
                faults.add("'" + path + "' has no description");
            }
            if ("array".equals(field.getType()) && field.getXKubernetesListType() == null) {
                faults.add("'" + path + "' has no list type");
            }
            if (part.equals("spec") && field.getPattern() != null) {
                faults.add("'" + path + "' has a pattern without a message");
            }
            if (!path.equals("status") && field.getDefault() != null) {
                faults.add("'" + path + "' has a default");
            }
        });
        return faults;
    }

    private static boolean bounded(JSONSchemaProps field) {
        return switch (field.getType()) {
            case "string" -> field.getMaxLength() != null || !field.getEnum().isEmpty();
            case "integer" -> field.getMinimum() != null && field.getMaximum() != null;
            case "array" -> field.getMaxItems() != null;
            case "object" -> !field.getProperties().isEmpty();
            case "boolean" -> true;
            default -> false;
        };
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }
}
