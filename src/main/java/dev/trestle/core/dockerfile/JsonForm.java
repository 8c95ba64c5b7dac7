package dev.trestle.core.dockerfile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;

/** Arguments written as {@code ["a file", "/to"]}, so that they may have spaces. */
final class JsonForm {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonForm() {}

    /** Empty when it is the plain form, as what is no valid list of texts is too. */
    static Optional<List<String>> of(String arguments) {
        if (!arguments.startsWith("[")) {
            return Optional.empty();
        }
        try {
            return Optional.of(List.of(JSON.readValue(arguments, String[].class)));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
