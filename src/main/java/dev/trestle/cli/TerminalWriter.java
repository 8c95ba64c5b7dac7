package dev.trestle.cli;

import dev.trestle.core.Printable;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/** The one way of all commands to people's terminals: text from outside has no characters left that a terminal obeys. */
final class TerminalWriter extends FilterWriter {

    private TerminalWriter(Writer out) {
        super(out);
    }

    /** A printer that flushes with each line. */
    static PrintWriter to(Writer out) {
        return new PrintWriter(new TerminalWriter(out), true);
    }

    @Override
    public void write(int c) throws IOException {
        out.write(Printable.of(String.valueOf((char) c)));
    }

    @Override
    public void write(char[] characters, int from, int length) throws IOException {
        out.write(Printable.of(new String(characters, from, length)));
    }

    @Override
    public void write(String text, int from, int length) throws IOException {
        out.write(Printable.of(text.substring(from, from + length)));
    }
}
