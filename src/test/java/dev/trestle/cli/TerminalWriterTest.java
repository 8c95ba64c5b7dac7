package dev.trestle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TerminalWriterTest {
    private final StringWriter terminal = new StringWriter();

    @Test
    void noCommandReachesTheTerminal() {
        var printer = TerminalWriter.to(terminal);

        printer.println("title \u001b]0;owned\u0007 \u009b31m");
        printer.printf("%s%n", "safe\u202e");
        printer.write('\u001b');
        printer.append("\u001b[2J");
        printer.flush();

        assertThat(terminal.toString().chars().filter(c -> c != '\n'))
                .noneMatch(Character::isISOControl)
                .noneMatch(c -> c == 0x202e);
    }

    @Test
    void everyCommandPrintsThroughIt() {
        var errors = new StringWriter();

        Main.commandLine(terminal, errors).execute("inspect", "none\u001b[2J");

        assertThat(terminal + errors.toString())
                .isNotEmpty()
                .doesNotContain("\u001b")
                .contains("\\u001b[2J");
    }
}
