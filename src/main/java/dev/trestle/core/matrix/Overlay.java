package dev.trestle.core.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A tree laid over another: mappings are merged key by key, null takes a key away, every other value replaces the one below, lists too.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7386">RFC 7386, JSON Merge Patch</a>
 */
final class Overlay {
    private Overlay() {}

    static JsonNode of(JsonNode below, JsonNode above) {
        if (!(below instanceof ObjectNode fields) || !above.isObject()) {
            return above;
        }
        var merged = fields.deepCopy();
        for (var entry : above.properties()) {
            if (entry.getValue().isNull()) {
                merged.remove(entry.getKey());
            } else {
                merged.set(entry.getKey(), of(merged.path(entry.getKey()), entry.getValue()));
            }
        }
        return merged;
    }
}
