package dev.trestle.core.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trestle.core.matrix.Finding.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Numbers that the file writes otherwise than GitHub's jobs get them, such as 3.10; one finding for each column and number. */
final class RewrittenNumbers {
    private final Map<Cell, Integer> rows = new LinkedHashMap<>();

    private record Cell(String column, String written, String inJobs) {}

    void add(Map<String, JsonNode> ofRow) {
        ofRow.forEach((column, number) -> rows.merge(
                new Cell(column, GitHubNumber.written(number), GitHubNumber.inJobs(number)), 1, Integer::sum));
    }

    void tell(String list, Findings findings) {
        rows.forEach((cell, count) -> findings.add(new Finding(
                Kind.NumberForm,
                cell.column(),
                "",
                List.of(cell.written(), cell.inJobs()),
                List.of(),
                "Column '%s' of '%s' is the number %s in %d rows, which GitHub's jobs get as '%s'; it is imported as '%s'. Put it in quotes."
                        .formatted(cell.column(), list, cell.written(), count, cell.inJobs(), cell.written()))));
    }
}
