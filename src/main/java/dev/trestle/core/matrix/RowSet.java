package dev.trestle.core.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A list of a matrix file, and how each of its rows is read.
 *
 * @param list key of the list
 * @param columns all that rows may have; with the default, or empty when each row must have a value
 * @param values made of the columns, in this order
 */
record RowSet(String list, Map<String, Optional<String>> columns, Map<String, Derived> values) {
    /** Value of the platform of the leg that is made; known where a row is a leg. */
    static final String PLATFORM = "platform";

    static RowSet read(Part part, Set<String> given) throws ImportRefused {
        var columns = new LinkedHashMap<String, Optional<String>>();
        for (var column : part.at("columns").parts().entrySet()) {
            var node = column.getValue().node();
            columns.put(
                    column.getKey(),
                    node.isNull()
                            ? Optional.empty()
                            : Optional.of(column.getValue().text()));
        }
        var known = new LinkedHashSet<>(columns.keySet());
        known.addAll(given);
        var values = new LinkedHashMap<String, Derived>();
        if (part.find("values").isPresent()) {
            for (var value : part.at("values").parts().entrySet()) {
                if (!known.add(value.getKey())) {
                    throw value.getValue().refused("has the name of a column or of a value before it");
                }
                values.put(value.getKey(), Derived.read(value.getValue(), without(known, value.getKey())));
            }
        }
        return new RowSet(part.at("rows").text(), columns, values);
    }

    private static Set<String> without(Set<String> known, String name) {
        var others = new LinkedHashSet<>(known);
        others.remove(name);
        return others;
    }

    /** Columns and values: all that templates may use. */
    Set<String> known(Set<String> given) {
        var known = new LinkedHashSet<>(columns.keySet());
        known.addAll(given);
        known.addAll(values.keySet());
        return known;
    }

    /** @return the rows in their order; none when the matrix has no such list */
    List<JsonNode> in(JsonNode matrix) throws ImportRefused {
        return new RowPath(list).rows(matrix);
    }

    Row row(int number, JsonNode node) throws RowRefused {
        if (!node.isObject()) {
            throw new RowRefused("it is no mapping of columns");
        }
        var texts = new TreeMap<String, String>();
        for (var column : columns.entrySet()) {
            var cell = node.get(column.getKey());
            if (cell == null && column.getValue().isEmpty()) {
                throw new RowRefused("it has no column '%s'".formatted(column.getKey()));
            }
            texts.put(column.getKey(), cell == null ? column.getValue().orElseThrow() : text(column.getKey(), cell));
        }
        return new Row(list, number, texts);
    }

    /** A number as it is written: 12.10 is not 12.1. */
    private static String text(String column, JsonNode cell) throws RowRefused {
        if (cell.isContainerNode()) {
            throw new RowRefused("its column '%s' is a list or a mapping, not a text".formatted(column));
        }
        if (cell.isNull()) {
            return "";
        }
        return cell.isNumber() ? GitHubNumber.written(cell) : cell.asText();
    }

    /** @return numbers of the row whose text in GitHub's jobs is another than in the file, by column */
    Map<String, JsonNode> rewrittenIn(JsonNode row) {
        var rewritten = new LinkedHashMap<String, JsonNode>();
        columns.keySet().forEach(column -> {
            var cell = row.path(column);
            if (cell.isNumber() && !GitHubNumber.inJobs(cell).equals(GitHubNumber.written(cell))) {
                rewritten.put(column, cell);
            }
        });
        return rewritten;
    }

    /** @param given values that are no columns, such as the platform */
    Map<String, String> valuesOf(Row row, Map<String, String> given) {
        var all = new TreeMap<>(row.columns());
        all.putAll(given);
        values.forEach((name, value) -> all.put(name, value.value(all)));
        return all;
    }

    /** @return columns of the row that the mapping does not speak of */
    Set<String> unknownIn(JsonNode row) {
        var unknown = new LinkedHashSet<String>();
        row.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(columns.keySet());
        return unknown;
    }
}
