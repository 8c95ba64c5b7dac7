package dev.trestle.core.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A spec with templates for texts. A mapping with {@code when} is there only if the values match; an item with {@code each} stands for
 * all items of that list; a text that is left out takes its field or item with it.
 */
record Skeleton(JsonNode node) {
    private static final String WHEN = "when";
    private static final String EACH = "each";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    static Skeleton read(Part part, Set<String> known) throws ImportRefused {
        check(part, known);
        return new Skeleton(part.node());
    }

    private static void check(Part part, Set<String> known) throws ImportRefused {
        if (part.node().isTextual()) {
            part.template(known);
        } else if (part.node().isArray()) {
            for (var item : part.items()) {
                check(item, known);
            }
        } else if (part.node().isObject()) {
            checkMapping(part, known);
        }
    }

    private static void checkMapping(Part part, Set<String> known) throws ImportRefused {
        if (part.find(EACH).isPresent()) {
            part.only(WHEN, EACH).at(EACH).items();
        }
        for (var entry : part.parts().entrySet()) {
            if (!entry.getKey().equals(WHEN)) {
                check(entry.getValue(), known);
                continue;
            }
            for (var condition : entry.getValue().parts().entrySet()) {
                condition.getValue().require(condition.getKey(), known);
                condition.getValue().texts();
            }
        }
    }

    /** The spec of one row; a skeleton is a mapping, so this is one too. */
    ObjectNode render(Map<String, String> values) {
        return rendered(node, values)
                .filter(JsonNode::isObject)
                .map(ObjectNode.class::cast)
                .orElseGet(NODES::objectNode);
    }

    private static Optional<JsonNode> rendered(JsonNode node, Map<String, String> values) {
        if (node.isTextual()) {
            return new Template(node.asText()).fill(values).map(TextNode::valueOf);
        }
        if (node.isArray()) {
            var items = NODES.arrayNode();
            node.forEach(item -> append(items, item, values));
            return Optional.of(items);
        }
        return node.isObject() ? mapping(node, values) : Optional.of(node);
    }

    private static void append(ArrayNode items, JsonNode item, Map<String, String> values) {
        if (!item.has(EACH)) {
            rendered(item, values).ifPresent(items::add);
        } else if (holds(item.path(WHEN), values)) {
            item.get(EACH).forEach(one -> append(items, one, values));
        }
    }

    private static Optional<JsonNode> mapping(JsonNode node, Map<String, String> values) {
        if (!holds(node.path(WHEN), values)) {
            return Optional.empty();
        }
        var fields = NODES.objectNode();
        for (var entry : node.properties()) {
            if (!entry.getKey().equals(WHEN)) {
                rendered(entry.getValue(), values).ifPresent(value -> fields.set(entry.getKey(), value));
            }
        }
        return Optional.of(fields);
    }

    private static boolean holds(JsonNode when, Map<String, String> values) {
        return when.propertyStream().allMatch(condition -> {
            var value = values.getOrDefault(condition.getKey(), "");
            var allowed = condition.getValue();
            return allowed.isArray()
                    ? allowed.valueStream().anyMatch(one -> new Wildcard(one.asText()).matches(value))
                    : new Wildcard(allowed.asText()).matches(value);
        });
    }
}
