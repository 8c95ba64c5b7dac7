package dev.trestle.core.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the rows stand in a matrix file: a key of the file, or a path such as {@code jobs.build.strategy.matrix}, with {@code *} for any
 * key. The value there is a list of rows, or a job's matrix. In a workflow, the key {@code include} stands for the matrices of all
 * jobs.
 */
record RowPath(String text) {
    private static final String OF_ALL_JOBS = "jobs.*.strategy.matrix";

    /** @return the rows in their order; none when nothing stands there */
    List<JsonNode> rows(JsonNode file) throws ImportRefused {
        var rows = new ArrayList<JsonNode>();
        for (var found : found(file).entrySet()) {
            rows.addAll(rowsAt(found.getKey(), found.getValue()));
        }
        if (rows.size() > JobMatrix.MOST_ROWS) {
            throw new ImportRefused("Matrix: '%s' has more than %d rows.".formatted(text, JobMatrix.MOST_ROWS));
        }
        return rows;
    }

    private static List<JsonNode> rowsAt(String place, JsonNode node) throws ImportRefused {
        if (node.isNull()) {
            return List.of();
        }
        if (node.isArray()) {
            return node.valueStream().toList();
        }
        if (node.isObject() || place.contains(".")) {
            return new JobMatrix(place, node).rows();
        }
        throw new ImportRefused("Matrix: '%s' must be a list of rows.".formatted(place));
    }

    private Map<String, JsonNode> found(JsonNode file) {
        if (file.has(text)) {
            return Map.of(text, file.get(text));
        }
        return at(file, text.equals("include") && file.path("jobs").isObject() ? OF_ALL_JOBS : text);
    }

    private static Map<String, JsonNode> at(JsonNode file, String path) {
        Map<String, JsonNode> found = new LinkedHashMap<>(Map.of("", file));
        for (var step : path.split("\\.", -1)) {
            var next = new LinkedHashMap<String, JsonNode>();
            found.forEach((place, node) -> node.properties().stream()
                    .filter(field -> step.equals("*") || step.equals(field.getKey()))
                    .forEach(field -> next.put(
                            place.isEmpty() ? field.getKey() : place + "." + field.getKey(), field.getValue())));
            found = next;
        }
        return found;
    }
}
