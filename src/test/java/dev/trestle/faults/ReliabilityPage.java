package dev.trestle.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;

/** docs/reliability.md, between its two markers: the rows as this run has seen them. */
record ReliabilityPage(LocalDate date, String machine) {
    private static final Path PAGE = Path.of("docs", "reliability.md");
    private static final String BEGIN = "<!-- fault matrix: written by the run -->";
    private static final String END = "<!-- end of the fault matrix -->";

    /** @throws IllegalStateException if the page has lost its markers */
    void write(List<Outcome> passed, List<String> failed) throws IOException {
        var page = Files.readString(PAGE);
        var begin = page.indexOf(BEGIN);
        var end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalStateException("'%s' has no '%s' before '%s'".formatted(PAGE, BEGIN, END));
        }
        Files.writeString(
                PAGE, page.substring(0, begin + BEGIN.length()) + "\n" + table(passed, failed) + page.substring(end));
    }

    private String table(List<Outcome> passed, List<String> failed) {
        var head = "%s, on %s: %d rows as expected, %d not%s.%n%n"
                .formatted(
                        date,
                        machine,
                        passed.size(),
                        failed.size(),
                        failed.isEmpty() ? "" : ": " + String.join(", ", failed));
        return head
                + "| row | strikes at | what happens | published | the status says | s |\n"
                + "| --- | --- | --- | --- | --- | --- |\n"
                + passed.stream().map(ReliabilityPage::line).collect(Collectors.joining());
    }

    private static String line(Outcome outcome) {
        var fault = outcome.fault();
        return "| `%s` | %s | %s | %s | %s | %.0f |%n"
                .formatted(
                        fault.name(),
                        fault.step().text(),
                        fault.what(),
                        outcome.published(),
                        outcome.status(),
                        outcome.seconds());
    }
}
