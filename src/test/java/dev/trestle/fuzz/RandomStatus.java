package dev.trestle.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Statuses that the operator has not written: something is missing or other than it was. */
final class RandomStatus {
    private final Chance chance;

    RandomStatus(Chance chance) {
        this.chance = chance;
    }

    ObjectNode spoilt(ObjectNode status) {
        var spoilt = status.deepCopy();
        for (var changes = 1 + chance.below(3); changes > 0 && !spoilt.isEmpty(); changes--) {
            var places = new ArrayList<JsonNode>();
            collect(spoilt, places);
            spoil(chance.pick(places));
        }
        return spoilt;
    }

    private static void collect(JsonNode node, List<JsonNode> places) {
        if (node.isContainerNode()) {
            places.add(node);
            node.forEach(child -> collect(child, places));
        }
    }

    private void spoil(JsonNode place) {
        switch (place) {
            case ObjectNode fields
            when !fields.isEmpty() -> {
                var names = new ArrayList<String>();
                fields.fieldNames().forEachRemaining(names::add);
                // a merge patch with null takes a field away
                fields.set(chance.pick(names), chance.oneIn(2) ? JsonNodeFactory.instance.nullNode() : other());
            }
            case ArrayNode items
            when !items.isEmpty() -> {
                var at = chance.below(items.size());
                if (chance.oneIn(2)) {
                    items.remove(at);
                } else {
                    items.add(items.get(at).deepCopy());
                }
            }
            default -> {}
        }
    }

    private JsonNode other() {
        return switch (chance.below(6)) {
            case 0 -> JsonNodeFactory.instance.textNode(chance.digest());
            case 1 -> JsonNodeFactory.instance.textNode("2099-01-01T00:00:00Z");
            case 2 -> JsonNodeFactory.instance.textNode("2026-11-22T10:00:00.123456789123Z");
            case 3 -> JsonNodeFactory.instance.numberNode(chance.below(5));
            case 4 -> chance.texts();
            default -> chance.value();
        };
    }
}
