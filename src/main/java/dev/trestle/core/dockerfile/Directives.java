package dev.trestle.core.dockerfile;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The comments at the top of a Dockerfile that say how it is to be read.
 *
 * @param syntax the frontend's image, if one is named
 * @param escape what continues a line and takes a character's meaning away
 * @see <a href="https://docs.docker.com/reference/dockerfile/#parser-directives">Dockerfile reference, parser directives</a>
 */
record Directives(Optional<String> syntax, char escape) {
    private static final Pattern DIRECTIVE = Pattern.compile("#\\s*([a-zA-Z][a-zA-Z0-9]*)\\s*=\\s*(.+?)\\s*");
    private static final char DEFAULT_ESCAPE = '\\';

    /** The first line that is no directive ends them. */
    static Directives of(String text) {
        Map<String, String> found = new HashMap<>();
        for (var line : (Iterable<String>) text.lines()::iterator) {
            var directive = DIRECTIVE.matcher(line.strip());
            if (!directive.matches()) {
                break;
            }
            found.putIfAbsent(directive.group(1).toLowerCase(Locale.ROOT), directive.group(2));
        }
        return new Directives(
                Optional.ofNullable(found.get("syntax")),
                found.getOrDefault("escape", String.valueOf(DEFAULT_ESCAPE)).charAt(0));
    }
}
