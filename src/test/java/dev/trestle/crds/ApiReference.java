package dev.trestle.crds;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** docs/api.md: every field of the three kinds, its bounds and its rules, as the API server has them. */
final class ApiReference {
    private ApiReference() {}

    static String of(List<CustomResourceDefinition> crds) {
        return """
                <!-- Generated from dev.trestle.api: change the records there, then run: make crds -->
                # API reference

                All kinds are namespaced, in `trestle.dev/v1alpha1` and in the category `trestle`: `kubectl get trestle` lists them. The API
                server checks bounds and rules at `kubectl apply`. **Bold** fields are required. The conditions' reasons are in
                [reasons.md](reasons.md).
                """ + crds.stream().map(ApiReference::kind).collect(Collectors.joining());
    }

    private static String kind(CustomResourceDefinition crd) {
        var names = crd.getSpec().getNames();
        var root = crd.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
        var text = new StringBuilder();
        text.append("\n## ").append(names.getKind()).append("\n\n").append(root.getDescription());
        text.append(" Short name: `").append(names.getShortNames().getFirst()).append("`.\n");
        text.append('\n');
        root.getXKubernetesValidations()
                .forEach(rule ->
                        text.append("- ").append(escaped(sentence(rule))).append('\n'));
        text.append(table("spec", root)).append(table("status", root));
        return text.toString();
    }

    private static String table(String part, JSONSchemaProps root) {
        var rows = new StringBuilder("\n| " + part + " | type | meaning |\n| --- | --- | --- |\n");
        rows(part, "", SchemaTree.part(root, part), rows);
        return rows.toString();
    }

    private static void rows(String part, String prefix, JSONSchemaProps schema, StringBuilder rows) {
        schema.getProperties().forEach((name, field) -> {
            var path = prefix + name;
            var required = schema.getRequired().contains(name);
            rows.append(required ? "| **`" + path + "`** | " : "| `" + path + "` | ")
                    .append(type(field))
                    .append(" | ")
                    .append(meaning(field))
                    .append(" |\n");
            var element = field.getItems() == null ? field : field.getItems().getSchema();
            var inner = field.getItems() == null ? path + "." : path + "[].";
            rows(part, inner, element, rows);
        });
    }

    private static String type(JSONSchemaProps field) {
        return switch (field.getType()) {
            case "array" ->
                "list of " + range(field.getMinItems(), field.getMaxItems()) + key(field) + ": "
                        + type(field.getItems().getSchema());
            case "string" -> !field.getEnum().isEmpty() ? values(field) : string(field);
            case "integer" -> "integer" + numbers(field);
            default -> field.getType();
        };
    }

    private static String string(JSONSchemaProps field) {
        return field.getFormat() != null ? field.getFormat() : "string, at most " + field.getMaxLength();
    }

    private static String values(JSONSchemaProps field) {
        return field.getEnum().stream()
                .map(JsonNode::asText)
                .map(value -> "`" + value + "`")
                .collect(Collectors.joining(", "));
    }

    private static String numbers(JSONSchemaProps field) {
        // beyond this a bound is the number's own, and tells nobody anything
        return field.getMaximum() >= Integer.MAX_VALUE
                ? ""
                : ", " + field.getMinimum().longValue() + " to "
                        + field.getMaximum().longValue();
    }

    private static String range(Long least, Long most) {
        return least == null ? "at most " + most : least + " to " + most;
    }

    private static String key(JSONSchemaProps list) {
        return switch (list.getXKubernetesListType()) {
            case "map" -> ", one per `" + list.getXKubernetesListMapKeys().getFirst() + "`";
            case "set" -> ", no two equal";
            default -> "";
        };
    }

    private static String meaning(JSONSchemaProps field) {
        var sentences = new ArrayList<String>();
        sentences.add(field.getDescription());
        rules(field).forEach(rule -> sentences.add(sentence(rule)));
        return escaped(String.join(" ", sentences));
    }

    private static List<ValidationRule> rules(JSONSchemaProps field) {
        var rules = new ArrayList<>(field.getXKubernetesValidations());
        if (field.getItems() != null
                && !"object".equals(field.getItems().getSchema().getType())) {
            rules.addAll(field.getItems().getSchema().getXKubernetesValidations());
        }
        return rules;
    }

    private static String sentence(ValidationRule rule) {
        var message = rule.getMessage();
        if (rule.getFieldPath() != null) {
            return "'" + rule.getFieldPath().substring(1) + "' " + message + ".";
        }
        var start = message.startsWith("must ")
                ? "It " + message
                : Character.toUpperCase(message.charAt(0)) + message.substring(1);
        return start + ".";
    }

    private static String escaped(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;");
    }
}
