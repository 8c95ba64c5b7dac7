package dev.trestle.core.merge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Reads the JSON of manifests strictly: JSON that two readers could understand differently is refused. */
final class ManifestJson {

    private static final ObjectReader STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build()
            .reader();

    private ManifestJson() {}

    /** @param what names the content in the error, such as {@code manifest sha256:…} */
    static ObjectNode read(String json, String what) {
        try {
            if (STRICT.readTree(json) instanceof ObjectNode object) {
                return object;
            }
            throw invalid(what, "it is no JSON object");
        } catch (JsonProcessingException e) {
            throw invalid(what, "its JSON cannot be read: " + e.getOriginalMessage());
        }
    }

    /** The text under {@code field}, or empty when it is absent. */
    static String text(JsonNode object, String field, String what) {
        var value = object.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (!value.isTextual()) {
            throw invalid(what, "'%s' is no string".formatted(field));
        }
        return value.textValue();
    }

    static MergeRefused invalid(String what, String cause) {
        return new MergeRefused(
                FailureClass.Invalid, "%s cannot be merged: %s. Build the leg again.".formatted(capital(what), cause));
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
