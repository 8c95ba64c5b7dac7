package dev.trestle.runtime;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.type.CollectionType;
import dev.trestle.api.BackendBuildStatus;
import dev.trestle.api.BaseImageStatus;
import dev.trestle.api.Condition;
import dev.trestle.api.Input;
import dev.trestle.api.LegStatus;
import dev.trestle.api.LostAttempt;
import dev.trestle.api.ManifestMergeStatus;
import dev.trestle.api.PlatformImage;
import dev.trestle.api.RunRecord;
import dev.trestle.api.RunRecord.BuiltOrFailed;
import dev.trestle.api.UpstreamImage;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads statuses that this program would not write. An entry of a list that it cannot read is left out, see {@link KnownEntries}; an
 * unknown constant has a meaning of its own where {@code @JsonEnumDefaultValue} says so. So a rolled-back operator keeps all else that a
 * newer one has recorded. A status that cannot be read even so is taken as lost, and the next pass writes it again. The API server
 * lets more through than the schema says, such as a list where it asks for a date-time: one such status, and no object of its kind could be
 * read any more.
 */
final class LostStatus extends BeanDeserializerModifier {
    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(LostStatus.class);
    private static final Set<Class<?>> STATUSES =
            Set.of(BackendBuildStatus.class, BaseImageStatus.class, ManifestMergeStatus.class);

    /** Elements of lists in statuses, and of no list of a spec. */
    private static final Set<Class<?>> ENTRIES = Set.of(
            BuiltOrFailed.class,
            Condition.class,
            Input.class,
            LegStatus.class,
            LostAttempt.class,
            PlatformImage.class,
            RunRecord.class,
            UpstreamImage.class);

    @Override
    public JsonDeserializer<?> modifyCollectionDeserializer(
            DeserializationConfig config, CollectionType type, BeanDescription bean, JsonDeserializer<?> deserializer) {
        return ENTRIES.contains(type.getContentType().getRawClass()) ? new KnownEntries(type) : deserializer;
    }

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
            // taken whole first, so that the fields after the status are read whatever is in it
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
