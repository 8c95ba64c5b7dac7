package dev.trestle.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of the table, in the order in which they were measured. */
final class Results {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final List<Row> rows = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /**
     * One figure.
     *
     * @param floor the same without the operator, in the same unit
     * @param ratio value over floor
     * @param budget the most that is allowed: of the ratio where there is one, else of the value
     * @param ok whether the budget is kept; null without one
     */
    record Row(
            String name,
            double value,
            String unit,
            @Nullable Double floor,
            @Nullable Double ratio,
            @Nullable Double budget,
            @Nullable Boolean ok) {}

    /** For information. */
    void add(String name, double value, String unit) {
        rows.add(new Row(name, rounded(value), unit, null, null, null, null));
    }

    void add(String name, double value, String unit, double budget) {
        rows.add(new Row(name, rounded(value), unit, null, null, budget, rounded(value) <= budget));
    }

    void addBesideFloor(String name, double value, double floor, String unit, double mostTimesFloor) {
        var ratio = rounded(value / floor);
        rows.add(new Row(name, rounded(value), unit, rounded(floor), ratio, mostTimesFloor, ratio <= mostTimesFloor));
    }

    /** What a row was made of, for who wants to know why. */
    void detail(String text) {
        System.err.println("   " + text);
    }

    /** Something that makes the figures doubtful; it stands below the table. */
    void warn(String text) {
        warnings.add(text);
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }

    void write(Path file) throws IOException {
        Files.writeString(file, JSON.writeValueAsString(rows) + "\n");
    }

    String table() {
        var table = new StringBuilder(line("what", "value", "floor", "ratio", "budget", ""));
        for (var row : rows) {
            table.append(line(
                    row.name(),
                    "%.2f %s".formatted(row.value(), row.unit()),
                    row.floor() == null ? "" : "%.2f".formatted(row.floor()),
                    row.ratio() == null ? "" : "%.2f".formatted(row.ratio()),
                    budget(row),
                    Boolean.FALSE.equals(row.ok()) ? "over budget" : ""));
        }
        warnings.forEach(warning -> table.append("NOT QUIET: ").append(warning).append('\n'));
        return table.toString();
    }

    private static String budget(Row row) {
        if (row.budget() == null) {
            return "";
        }
        return row.ratio() == null ? "%.0f".formatted(row.budget()) : "%.2f x".formatted(row.budget());
    }

    private static String line(String name, String value, String floor, String ratio, String budget, String verdict) {
        return "%-62s %14s %9s %6s %7s  %s"
                        .formatted(name, value, floor, ratio, budget, verdict)
                        .stripTrailing() + "\n";
    }
}
