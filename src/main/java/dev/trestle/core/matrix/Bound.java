package dev.trestle.core.matrix;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A spec as the API has it, made of a tree. Nothing of the tree is lost: a field that the API does not know is refused. */
final class Bound {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Bound() {}

    /** @param place of the tree in the mapping */
    static <T> T to(Class<T> type, ObjectNode tree, String place) throws ImportRefused {
        try {
            var bound = JSON.treeToValue(tree, type);
            keep(tree, JSON.valueToTree(bound), place);
            return bound;
        } catch (JsonProcessingException | RuntimeException e) {
            throw new ImportRefused("Mapping: '%s' makes no %s: %s. What came out is %s"
                    .formatted(place, type.getSimpleName(), cause(e), tree));
        }
    }

    /**
     * Refuses values that the API server would refuse and that the records take.
     *
     * @param fields pointers to required fields, each required only where its parent is there
     */
    static void require(ObjectNode tree, String place, String... fields) throws ImportRefused {
        for (var field : fields) {
            var pointer = JsonPointer.compile(field);
            if (!tree.at(pointer.head()).isMissingNode() && tree.at(pointer).isMissingNode()) {
                throw new ImportRefused("Mapping: '%s%s' is missing.".formatted(place, field.replace('/', '.')));
            }
        }
    }

    private static String cause(Exception e) {
        var text = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
        return text == null ? "a field that must be there is missing" : text.replaceFirst("\\.$", "");
    }

    private static void keep(JsonNode given, JsonNode kept, String place) throws ImportRefused {
        if (given.isObject()) {
            for (var field : given.properties()) {
                keep(field.getValue(), kept.path(field.getKey()), place + "." + field.getKey());
            }
        } else if (given.isArray()) {
            for (var i = 0; i < given.size(); i++) {
                keep(given.get(i), kept.path(i), "%s[%d]".formatted(place, i));
            }
        } else if (!given.isNull() && !given.asText().equals(kept.asText())) {
            throw new ImportRefused("Mapping: '%s' is no field of the API; see docs/api.md.".formatted(place));
        }
    }
}
