package dev.trestle.crds;

import dev.trestle.api.Schema;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRuleBuilder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Completes the schema of a spec or a status, field by field. */
final class SchemaFinish {
    /** What {@link java.time.Instant} writes; of a date-time the API server also takes a comma, offsets and any number of digits. */
    private static final String INSTANT = "^[0-9-]{10}T[0-9:]{8}([.][0-9]{1,9})?Z$";

    /** What identifies an element of a list of objects: server-side apply merges by it, and no two elements may share it. */
    private static final Map<String, String> KEYS = Map.of(
            "legs", "platform",
            "sources", "platform",
            "platforms", "platform",
            "buildArgs", "name",
            "conditions", "type",
            "targets", "repository",
            "upstream", "image");

    private static final Set<String> SETS = Set.of("repositories", "tags", "platforms", "upstream", "missing", "gone");
    private static final Set<String> ORDERED = Set.of("reasons", "lastLines", "lost", "inputs", "history");

    private SchemaFinish() {}

    /** People write a spec: what is wrong in it is answered in words, so patterns become rules that have a message. */
    static void spec(JSONSchemaProps schema) {
        finish("spec", schema);
        SchemaTree.walk("spec", schema, (path, field) -> patternToRule(field));
    }

    /** The operator alone writes a status: patterns stay, they cost the API server less. */
    static void status(JSONSchemaProps schema) {
        finish("status", schema);
        SchemaTree.walk("status", schema, (path, field) -> requiredTextIsNotEmpty(field));
    }

    /** The operator leaves out what is empty, so an empty text that was put there by hand would be missing in its next status. */
    private static void requiredTextIsNotEmpty(JSONSchemaProps object) {
        object.getRequired().stream()
                .filter(name -> !name.equals("message"))
                .map(name -> SchemaTree.part(object, name))
                .filter(field -> "string".equals(field.getType()))
                .filter(field -> field.getPattern() == null && field.getFormat() == null)
                .filter(field -> field.getEnum().isEmpty())
                .forEach(field -> field.setMinLength(1L));
    }

    private static void finish(String part, JSONSchemaProps schema) {
        SchemaTree.walk(part, schema, (path, field) -> {
            var name = path.substring(path.lastIndexOf('.') + 1);
            // the generator finds the annotations of a record's component twice: on its field and on its accessor
            field.setXKubernetesValidations(new ArrayList<>(new LinkedHashSet<>(field.getXKubernetesValidations())));
            switch (field.getType()) {
                case "array" -> listType(name, field);
                case "string" -> timeFormat(name, field);
                case "integer" -> field.setFormat("int64");
                default -> {}
            }
        });
    }

    private static void listType(String name, JSONSchemaProps list) {
        var ofObjects = "object".equals(list.getItems().getSchema().getType());
        if (ofObjects && KEYS.containsKey(name)) {
            list.setXKubernetesListType("map");
            list.setXKubernetesListMapKeys(List.of(KEYS.getOrDefault(name, "")));
        } else if (!ofObjects && SETS.contains(name)) {
            list.setXKubernetesListType("set");
        } else if (ORDERED.contains(name)) {
            list.setXKubernetesListType("atomic");
        }
    }

    private static void timeFormat(String name, JSONSchemaProps text) {
        if (name.equals("at") || name.endsWith("At") || name.endsWith("Time")) {
            text.setFormat("date-time");
            text.setPattern(INSTANT);
        }
    }

    private static void patternToRule(JSONSchemaProps field) {
        var pattern = field.getPattern();
        var message = pattern == null ? null : Schema.MESSAGES.get(pattern);
        if (message == null) {
            return;
        }
        field.setPattern(null);
        var rules = new ArrayList<ValidationRule>();
        rules.add(new ValidationRuleBuilder()
                .withRule("self.matches(r'" + pattern + "')")
                .withMessage(message)
                .build());
        rules.addAll(field.getXKubernetesValidations());
        field.setXKubernetesValidations(rules);
    }
}
