package dev.trestle.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Something that the API server would refuse for its schema: the part of OpenAPI that the CRDs use. */
record SchemaFault(String path, String what) {

    static List<SchemaFault> of(String path, JsonNode value, JSONSchemaProps schema) {
        var faults = new ArrayList<SchemaFault>();
        check(path, value, schema, faults);
        return faults;
    }

    private static void check(String path, JsonNode value, JSONSchemaProps schema, List<SchemaFault> faults) {
        var wrong = switch (schema.getType()) {
            case "object" -> !value.isObject();
            case "array" -> !value.isArray() || !isWithin(value.size(), schema.getMinItems(), schema.getMaxItems());
            case "integer" ->
                !value.isIntegralNumber() || !isWithin(value.asDouble(), schema.getMinimum(), schema.getMaximum());
            case "boolean" -> !value.isBoolean();
            case "string" -> !value.isTextual() || !isText(value.asText(), schema);
            default -> throw new IllegalArgumentException(path + " is of type " + schema.getType());
        };
        if (wrong) {
            faults.add(new SchemaFault(path, value.toString()));
        } else if (value.isObject()) {
            fields(path, value, schema, faults);
        } else if (value.isArray()) {
            value.forEach(item -> check(path + "[]", item, schema.getItems().getSchema(), faults));
        }
    }

    private static void fields(String path, JsonNode object, JSONSchemaProps schema, List<SchemaFault> faults) {
        for (var required : schema.getRequired()) {
            if (!object.hasNonNull(required)) {
                faults.add(new SchemaFault(path + "." + required, "is missing"));
            }
        }
        object.properties().forEach(field -> {
            var allowed = schema.getProperties().get(field.getKey());
            if (allowed == null) {
                faults.add(new SchemaFault(path + "." + field.getKey(), "is unknown"));
            } else {
                check(path + "." + field.getKey(), field.getValue(), allowed, faults);
            }
        });
    }

    private static boolean isText(String text, JSONSchemaProps schema) {
        var length = text.codePointCount(0, text.length());
        return isWithin(length, schema.getMinLength(), schema.getMaxLength())
                && (schema.getPattern() == null
                        || Pattern.compile(schema.getPattern()).matcher(text).find())
                && (schema.getEnum().isEmpty()
                        || schema.getEnum().stream()
                                .anyMatch(known -> known.asText().equals(text)))
                && (!"date-time".equals(schema.getFormat()) || isTime(text));
    }

    private static boolean isTime(String text) {
        try {
            var _ = Instant.parse(text);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static boolean isWithin(double number, @Nullable Number least, @Nullable Number most) {
        return (least == null || number >= least.doubleValue()) && (most == null || number <= most.doubleValue());
    }
}
