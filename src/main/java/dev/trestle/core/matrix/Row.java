package dev.trestle.core.matrix;

import java.util.Map;

/**
 * One row of a matrix.
 *
 * @param list key of the list that it stands in
 * @param number from 1, as people count
 * @param columns every column as text
 */
record Row(String list, int number, Map<String, String> columns) {
    Row {
        columns = Map.copyOf(columns);
    }

    /** As people find it: {@code row 12 of 'include'}. */
    String place() {
        return "row %d of '%s'".formatted(number, list);
    }
}
