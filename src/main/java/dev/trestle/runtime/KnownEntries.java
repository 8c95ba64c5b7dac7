package dev.trestle.runtime;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import java.io.IOException;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a list of a status entry by entry. An entry that this program cannot read, such as a condition whose reason only a newer operator
 * knows, is left out; the others are kept.
 */
final class KnownEntries extends JsonDeserializer<Object> implements ContextualDeserializer {
    private static final Logger LOG = LoggerFactory.getLogger(KnownEntries.class);

    private final JavaType list;
    private final @Nullable JsonDeserializer<Object> entry;

    KnownEntries(JavaType list) {
        this(list, null);
    }

    private KnownEntries(JavaType list, @Nullable JsonDeserializer<Object> entry) {
        this.list = list;
        this.entry = entry;
    }

    @Override
    public JsonDeserializer<?> createContextual(DeserializationContext context, BeanProperty property)
            throws JsonMappingException {
        return new KnownEntries(list, context.findContextualValueDeserializer(list.getContentType(), property));
    }

    @Override
    public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!parser.isExpectedStartArrayToken() || entry == null) {
            return context.handleUnexpectedToken(list, parser);
        }
        var known = new ArrayList<Object>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            var value = read(entry, parser, context);
            if (value != null) {
                known.add(value);
            }
        }
        return known;
    }

    /** Taken whole first, so that the fields after the entry are read whatever is in it. */
    private static @Nullable Object read(
            JsonDeserializer<Object> entry, JsonParser parser, DeserializationContext context) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        try (var value = context.bufferAsCopyOfValue(parser);
                var tokens = value.asParserOnFirstToken()) {
            return entry.deserialize(tokens, context);
        } catch (JsonMappingException e) {
            LOG.atWarn()
                    .addKeyValue("field", e.getPathReference())
                    .log("An entry of a status can't be read; it is left out");
            return null;
        }
    }
}
