package dev.trestle.core.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trestle.core.matrix.Finding.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the rows of one section into legs. A row that cannot be read becomes a finding, and the rest goes on. */
final class LegReader {
    private final ImageRules rules;
    private final UnaryOperator<String> baseImage;
    private final Findings findings;

    /** @param baseImage name of the BaseImage that stands for a base which a row names */
    LegReader(ImageRules rules, UnaryOperator<String> baseImage, Findings findings) {
        this.rules = rules;
        this.baseImage = baseImage;
        this.findings = findings;
    }

    List<MatrixLeg> legs(JsonNode matrix) throws ImportRefused {
        var legs = new ArrayList<MatrixLeg>();
        for (var row : rows(rules.rows(), rules.image(), matrix, findings)) {
            legs.addAll(legsOf(row));
        }
        return legs;
    }

    /** The rows that can be read; of the others there is a finding each, and one for each column that is not known. */
    static List<Row> rows(RowSet set, Template label, JsonNode matrix, Findings findings) throws ImportRefused {
        var nodes = set.in(matrix);
        if (nodes.isEmpty()) {
            findings.add(Kind.NoRows, set.list(), "The matrix has no rows in '%s'.".formatted(set.list()));
        }
        var rows = new ArrayList<Row>();
        var unknown = new LinkedHashMap<String, Integer>();
        var rewritten = new RewrittenNumbers();
        for (var i = 0; i < nodes.size(); i++) {
            try {
                rows.add(set.row(i + 1, nodes.get(i)));
                set.unknownIn(nodes.get(i)).forEach(column -> unknown.merge(column, 1, Integer::sum));
                rewritten.add(set.rewrittenIn(nodes.get(i)));
            } catch (RowRefused e) {
                var name = label.filled(texts(nodes.get(i)));
                var place = new Row(set.list(), i + 1, Map.of()).place();
                findings.add(
                        Kind.NotExpressible,
                        name.isEmpty() ? place : name,
                        "Left out %s ('%s'): %s.".formatted(place, name, e.getMessage()));
            }
        }
        unknown.forEach((column, count) -> findings.add(
                Kind.UnknownColumn,
                column,
                "Column '%s' of '%s' is not in the mapping, so %d rows lose it. Add it to 'columns'."
                        .formatted(column, set.list(), count)));
        rewritten.tell(set.list(), findings);
        return rows;
    }

    private static Map<String, String> texts(JsonNode row) {
        return row.propertyStream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, cell -> cell.getValue().asText()));
    }

    private List<MatrixLeg> legsOf(Row row) {
        var image = rules.image().filled(row.columns());
        var legs = platforms(rules.platforms().filled(row.columns())).stream()
                .map(platform -> leg(row, image, platform))
                .toList();
        if (legs.isEmpty()) {
            findings.add(
                    Kind.NotExpressible,
                    image,
                    "Left out %s ('%s'): it names no platform.".formatted(row.place(), image));
        }
        return legs;
    }

    static List<String> platforms(String text) {
        return Stream.of(text.split(","))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .toList();
    }

    private MatrixLeg leg(Row row, String image, String platform) {
        var values = rules.rows().valuesOf(row, Map.of(RowSet.PLATFORM, platform));
        var asks = rules.asks().map(base -> base.name().filled(values)).orElse("");
        if (rules.asks().isPresent()) {
            values.put(ImageRules.BASE, asks.isEmpty() ? "" : baseImage.apply(asks));
        }
        return new MatrixLeg(
                rules,
                row,
                image,
                rules.name().filled(values),
                platform,
                rules.build().render(values),
                rules.leg().render(values),
                rules.release().map(release -> release.of(values)),
                values,
                asks);
    }
}
