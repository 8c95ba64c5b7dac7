package dev.trestle.runtime;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import dev.trestle.api.BackendBuildStatus;
import dev.trestle.api.BaseImageStatus;
import dev.trestle.api.ManifestMergeStatus;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A status that can't be read is read as one that is lost, and the next pass writes it anew. The API server lets more through than the
 * schema says, such as a list where it asks for a date-time: one such status, and no object of its kind could be read any more.
 */
final class LostStatus extends BeanDeserializerModifier {
    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(LostStatus.class);
    private static final Set<Class<?>> STATUSES =
            Set.of(BackendBuildStatus.class, BaseImageStatus.class, ManifestMergeStatus.class);

    @Override
    public JsonDeserializer<?> modifyDeserializer(
            DeserializationConfig config, BeanDescription bean, JsonDeserializer<?> deserializer) {
        return STATUSES.contains(bean.getBeanClass()) ? new Reader(deserializer) : deserializer;
    }

    private static final class Reader extends DelegatingDeserializer {
        private static final long serialVersionUID = 1;

        private Reader(JsonDeserializer<?> ofStatus) {
            super(ofStatus);
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> ofStatus) {
            return new Reader(ofStatus);
        }

        @Override
        public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            // taken whole first, so that what follows the status is read whatever is in it
            try (var status = context.bufferAsCopyOfValue(parser);
                    var values = status.asParserOnFirstToken()) {
                return super.deserialize(values, context);
            } catch (JsonMappingException e) {
                LOG.atWarn()
                        .addKeyValue("field", e.getPathReference())
                        .log("A status can't be read; it is taken as lost and written anew");
                return null;
            }
        }
    }
}
