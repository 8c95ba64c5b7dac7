package dev.trestle.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.stream.IntStream;

/** A field that was given and not understood, as one that is misspelt: {@code kubectl apply} would refuse it. */
final class UnknownField {
    private UnknownField() {}

    /**
     * @param place of both, such as {@code spec}
     * @param understood the part of {@code given} that was read; it may lack empty values
     * @return where the first one is
     */
    static Optional<String> firstIn(String place, JsonNode given, JsonNode understood) {
        if (given.isArray()) {
            return IntStream.range(0, given.size())
                    .mapToObj(at -> firstIn(place + "[" + at + "]", given.path(at), understood.path(at)))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        return given.properties().stream()
                .filter(field -> !isNothing(field.getValue()))
                .map(field -> {
                    var inner = place + "." + field.getKey();
                    return understood.has(field.getKey())
                            ? firstIn(inner, field.getValue(), understood.path(field.getKey()))
                            : Optional.of(inner);
                })
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static boolean isNothing(JsonNode value) {
        return value.isNull()
                || (value.isContainerNode() && value.isEmpty())
                || (value.isTextual() && value.asText().isEmpty());
    }
}
