package dev.trestle.core.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of a {@code strategy.matrix} as GitHub makes them: all combinations of the lists, without those of {@code exclude}, and with
 * {@code include} laid over or added.
 * <a href="https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstrategymatrix">GitHub's rules</a>.
 *
 * @param place in the file, such as {@code jobs.build.strategy.matrix}
 */
record JobMatrix(String place, JsonNode matrix) {
    /** GitHub starts at most 256 jobs of a matrix; more rows than this are a slip. */
    static final int MOST_ROWS = 10_000;

    private static final String INCLUDE = "include";
    private static final String EXCLUDE = "exclude";

    /** @throws ImportRefused for values that only a run of the workflow knows, and for forms that GitHub refuses */
    List<JsonNode> rows() throws ImportRefused {
        refuseExpression(place, matrix);
        if (!matrix.isObject()) {
            throw new ImportRefused("Matrix: '%s' must be a mapping.".formatted(place));
        }
        var lists = lists();
        var combinations = combinations(lists);
        for (var excluded : mappings(EXCLUDE)) {
            exclude(excluded, lists, combinations);
        }
        var rows = new ArrayList<JsonNode>(combinations);
        for (var included : mappings(INCLUDE)) {
            if (!layOver(included, lists, combinations)) {
                rows.add(included.deepCopy());
            }
        }
        return rows;
    }

    private Map<String, List<JsonNode>> lists() throws ImportRefused {
        var lists = new LinkedHashMap<String, List<JsonNode>>();
        for (var field : matrix.properties()) {
            var name = field.getKey();
            if (!name.equals(INCLUDE) && !name.equals(EXCLUDE)) {
                var values = list(name, field.getValue());
                if (values.isEmpty()) {
                    throw new ImportRefused(
                            "Matrix: '%s.%s' has no values. Give it one, or delete it.".formatted(place, name));
                }
                lists.put(name, values);
            }
        }
        return lists;
    }

    private List<ObjectNode> combinations(Map<String, List<JsonNode>> lists) throws ImportRefused {
        if (lists.isEmpty()) {
            return new ArrayList<>();
        }
        var combinations = new ArrayList<>(List.of(JsonNodeFactory.instance.objectNode()));
        for (var list : lists.entrySet()) {
            if ((long) combinations.size() * list.getValue().size() > MOST_ROWS) {
                throw new ImportRefused("Matrix: '%s' has more than %d combinations; GitHub starts at most 256 jobs."
                        .formatted(place, MOST_ROWS));
            }
            var longer = new ArrayList<ObjectNode>();
            for (var combination : combinations) {
                for (var value : list.getValue()) {
                    ObjectNode copy = combination.deepCopy();
                    copy.set(list.getKey(), value);
                    longer.add(copy);
                }
            }
            combinations = longer;
        }
        return combinations;
    }

    private void exclude(ObjectNode excluded, Map<String, List<JsonNode>> lists, List<ObjectNode> combinations)
            throws ImportRefused {
        for (var field : excluded.properties()) {
            if (!lists.containsKey(field.getKey())) {
                throw new ImportRefused("Matrix: '%s.exclude' has the key '%s', which is not a list of the matrix."
                        .formatted(place, field.getKey()));
            }
        }
        combinations.removeIf(row ->
                excluded.properties().stream().allMatch(field -> isSame(field.getValue(), row.get(field.getKey()))));
    }

    /** Adds to each combination that has the same values in all lists of the matrix; values that an earlier one has added are replaced. */
    private static boolean layOver(
            ObjectNode included, Map<String, List<JsonNode>> lists, List<ObjectNode> combinations) {
        var fitting = combinations.stream()
                .filter(row -> included.properties().stream()
                        .filter(field -> lists.containsKey(field.getKey()))
                        .allMatch(field -> isSame(field.getValue(), row.get(field.getKey()))))
                .toList();
        fitting.forEach(row -> included.properties().stream()
                .filter(field -> !lists.containsKey(field.getKey()))
                .forEach(field -> row.set(field.getKey(), field.getValue())));
        return !fitting.isEmpty();
    }

    /** GitHub compares texts without regard to case. */
    private static boolean isSame(JsonNode one, JsonNode other) {
        if (one.isTextual() && other.isTextual()) {
            return one.asText().equalsIgnoreCase(other.asText());
        }
        if (one.isNumber() && other.isNumber()) {
            return GitHubNumber.inJobs(one).equals(GitHubNumber.inJobs(other));
        }
        return one.equals(other);
    }

    private List<ObjectNode> mappings(String name) throws ImportRefused {
        var mappings = new ArrayList<ObjectNode>();
        for (var item : list(name, matrix.path(name))) {
            if (!(item instanceof ObjectNode mapping)) {
                throw new ImportRefused("Matrix: '%s.%s' must be a list of mappings.".formatted(place, name));
            }
            mappings.add(mapping);
        }
        return mappings;
    }

    private List<JsonNode> list(String name, JsonNode value) throws ImportRefused {
        var at = place + "." + name;
        refuseExpression(at, value);
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        if (!value.isArray()) {
            throw new ImportRefused("Matrix: '%s' must be a list.".formatted(at));
        }
        if (value.size() > MOST_ROWS) {
            throw new ImportRefused("Matrix: '%s' has more than %d items.".formatted(at, MOST_ROWS));
        }
        for (var item : value) {
            refuseExpression(at, item);
        }
        return value.valueStream().toList();
    }

    private static void refuseExpression(String place, JsonNode value) throws ImportRefused {
        if (value.isTextual() && value.asText().contains("${{")) {
            throw new ImportRefused(
                    "Matrix: '%s' is an expression, '%s', which only a run of the workflow can work out. Import the file that it is made of, or name the jobs whose matrix stands in the workflow, such as 'rows: jobs.build.strategy.matrix'."
                            .formatted(place, shown(value.asText())));
        }
    }

    private static String shown(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
