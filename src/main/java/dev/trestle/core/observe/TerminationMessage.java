package dev.trestle.core.observe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The JSON of a container's termination message, see {@code terminationMessagePath} of a pod's containers. */
final class TerminationMessage {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TerminationMessage() {}

    /** @return empty when there is no message, or it is none of ours */
    static <T> Optional<T> read(@Nullable String message, Class<T> type) {
        if (message == null || message.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(JSON.readValue(message, type));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
