package dev.trestle.core.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/** A field that two trees have not alike. Items with a {@code name}, such as build arguments, are fields by that name. */
record Difference(String field) {
    private static final int VALUE_LENGTH = 200;

    /** @return in the order of the first tree */
    static List<Difference> between(JsonNode one, JsonNode other) {
        var found = new ArrayList<Difference>();
        collect("", one, other, found);
        return found;
    }

    private static void collect(String place, JsonNode one, JsonNode other, List<Difference> found) {
        if (one.equals(other)) {
            return;
        }
        var first = byName(one);
        var second = byName(other);
        if (!first.isObject() || !second.isObject()) {
            found.add(new Difference(place));
            return;
        }
        keys(first, second)
                .forEach(key ->
                        collect(place.isEmpty() ? key : place + "." + key, first.path(key), second.path(key), found));
    }

    private static SequencedSet<String> keys(JsonNode one, JsonNode other) {
        var keys = new LinkedHashSet<String>();
        one.fieldNames().forEachRemaining(keys::add);
        other.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    private static JsonNode byName(JsonNode node) {
        if (!node.isArray() || node.isEmpty() || !node.valueStream().allMatch(item -> item.has("name"))) {
            return node;
        }
        var fields = JsonNodeFactory.instance.objectNode();
        node.forEach(item -> fields.set(item.get("name").asText(), item.has("value") ? item.get("value") : item));
        return fields;
    }

    /** The field's value in a tree, as people read it. */
    String in(JsonNode tree) {
        var value = tree;
        var rest = field;
        while (!rest.isEmpty()) {
            var fields = byName(value);
            var key = longestKey(fields, rest);
            value = fields.path(key);
            rest = rest.length() == key.length() ? "" : rest.substring(key.length() + 1);
        }
        return shown(value);
    }

    /** Names may have dots themselves. */
    private static String longestKey(JsonNode fields, String path) {
        var longest = path.contains(".") ? path.substring(0, path.indexOf('.')) : path;
        for (var names = fields.fieldNames(); names.hasNext(); ) {
            var name = names.next();
            if (name.length() > longest.length() && (path.equals(name) || path.startsWith(name + "."))) {
                longest = name;
            }
        }
        return longest;
    }

    private static String shown(JsonNode value) {
        var text = value.isMissingNode() ? "nothing" : value.isTextual() ? value.asText() : value.toString();
        return text.length() <= VALUE_LENGTH ? text : text.substring(0, VALUE_LENGTH - 1) + "…";
    }
}
