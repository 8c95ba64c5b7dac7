package dev.trestle.core.dockerfile;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The beginning of a text that stands in the Dockerfile itself, such as {@code <<EOF}.
 *
 * @param end the line that ends it
 * @param tabs whether tabs before that line do not count
 */
record Heredoc(String end, boolean tabs) {
    private static final Pattern BEGIN = Pattern.compile("\\d*<<(-?)([^<]+)");

    static Optional<Heredoc> in(String word) {
        var begin = BEGIN.matcher(word);
        return begin.matches()
                ? Optional.of(new Heredoc(
                        begin.group(2).replaceAll("[\"']", ""), !begin.group(1).isEmpty()))
                : Optional.empty();
    }

    boolean endsAt(String line) {
        return (tabs ? line.replaceFirst("^\t+", "") : line).equals(end);
    }
}
