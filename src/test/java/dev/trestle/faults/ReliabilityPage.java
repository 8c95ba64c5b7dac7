package dev.trestle.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * docs/reliability.md: between its two markers is the table of rows as they were last seen. A run writes those that it has played and
 * leaves the others.
 */
record ReliabilityPage(LocalDate date, String machine) {
    private static final Path PAGE = Path.of("docs", "reliability.md");
    private static final String BEGIN = "<!-- fault matrix: written by the run -->";
    private static final String END = "<!-- end of the fault matrix -->";
    private static final Pattern LINE = Pattern.compile("\\| `([^`]+)` \\|.*");

    /**
     * Writes the page.
     *
     * @param matrix all rows, in the table's order
     * @param passed of those that were played, by name
     * @throws IllegalStateException if the page has lost its markers
     */
    void write(List<Fault> matrix, List<Fault> played, Map<String, Outcome> passed) throws IOException {
        var page = Files.readString(PAGE);
        var begin = page.indexOf(BEGIN) + BEGIN.length();
        var end = page.indexOf(END);
        if (begin < BEGIN.length() || end < begin) {
            throw new IllegalStateException("'%s' has no '%s' before '%s'".formatted(PAGE, BEGIN, END));
        }
        var before = lines(page.substring(begin, end));
        var table = matrix.stream()
                .flatMap(fault -> played.contains(fault)
                        ? Stream.of(line(fault, Optional.ofNullable(passed.get(fault.name()))))
                        : Optional.ofNullable(before.get(fault.name())).stream())
                .collect(Collectors.joining("\n"));
        Files.writeString(PAGE, """
                %s
                | row | strikes at | what happens | published | the status says | s | seen on |
                | --- | --- | --- | --- | --- | --- | --- |
                %s
                %s""".formatted(page.substring(0, begin), table, page.substring(end)));
    }

    private static Map<String, String> lines(String table) {
        return table.lines()
                .map(LINE::matcher)
                .filter(matcher -> matcher.matches())
                .collect(Collectors.toMap(matcher -> matcher.group(1), matcher -> matcher.group()));
    }

    private String line(Fault fault, Optional<Outcome> passed) {
        var seen = passed.map(
                        outcome -> "%s | %s | %.0f".formatted(outcome.published(), outcome.status(), outcome.seconds()))
                .orElse("**not as expected** | | ");
        return "| `%s` | %s | %s | %s | %s, %s |"
                .formatted(fault.name(), fault.step().text(), fault.what(), seen, date, machine);
    }
}
