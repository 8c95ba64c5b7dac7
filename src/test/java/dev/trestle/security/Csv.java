package dev.trestle.security;

import java.util.ArrayList;
import java.util.List;

/**
 * One record of comma-separated values as BuildKit reads {@code --output} and caches.
 *
 * @see <a href="https://pkg.go.dev/encoding/csv">encoding/csv</a>: a field in quotes holds commas, and two quotes are one
 */
final class Csv {
    private Csv() {}

    static List<String> fields(String text) {
        var fields = new ArrayList<String>();
        var rest = text;
        while (true) {
            var end = rest.startsWith("\"") ? endOfQuoted(rest) : rest.indexOf(',');
            var field = end < 0 ? rest : rest.substring(0, end);
            fields.add(unquoted(field));
            if (end < 0 || end == rest.length()) {
                return fields;
            }
            rest = rest.substring(end + 1);
        }
    }

    private static int endOfQuoted(String text) {
        for (int at = 1; at < text.length(); at++) {
            if (text.charAt(at) == '"') {
                if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
                    at++;
                } else if (at + 1 == text.length() || text.charAt(at + 1) == ',') {
                    return at + 1;
                } else {
                    throw new AssertionError("a quote in the middle of a field: " + text);
                }
            }
        }
        throw new AssertionError("a quote without its end: " + text);
    }

    private static String unquoted(String field) {
        if (field.startsWith("\"")) {
            return field.substring(1, field.length() - 1).replace("\"\"", "\"");
        }
        if (field.contains("\"") || field.contains("\n")) {
            throw new AssertionError("a bare quote or a line break: " + field);
        }
        return field;
    }
}
