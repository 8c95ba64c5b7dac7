package dev.trestle.core.inputs;

import java.util.regex.Pattern;

/**
 * A path, or one with wildcards: {@code *} and {@code ?} stay within a folder's name, {@code **} crosses folders ({@code **}{@code /a}
 * is {@code a} at the top too). Without a wildcard it is a file, or a folder with all that is in it.
 *
 * @param literal what every path that it selects begins with
 */
record Glob(String text, String literal, Pattern pattern) {

    static Glob of(String text) {
        var path = text.replaceFirst("^(\\./)+", "").replaceFirst("/+$", "");
        if (path.isEmpty() || path.equals(".")) {
            return new Glob(text, "", Pattern.compile(".*"));
        }
        var wildcard = firstWildcard(path);
        return wildcard < 0
                ? new Glob(text, path, Pattern.compile(Pattern.quote(path) + "(/.*)?"))
                : new Glob(text, path.substring(0, wildcard), Pattern.compile(expression(path)));
    }

    boolean selects(String path) {
        return path.startsWith(literal) && pattern.matcher(path).matches();
    }

    /** Whether some path in this folder, whose files nobody knows, would be selected. */
    @SuppressWarnings("JdkObsolete") // that more text may complete the match is what hitEnd() alone tells
    boolean maySelectWithin(String folder) {
        var matcher = pattern.matcher(folder + "/");
        return matcher.matches() || matcher.hitEnd();
    }

    static boolean hasWildcard(String path) {
        return firstWildcard(path) >= 0;
    }

    private static int firstWildcard(String path) {
        for (var i = 0; i < path.length(); i++) {
            if (path.charAt(i) == '*' || path.charAt(i) == '?') {
                return i;
            }
        }
        return -1;
    }

    private static String expression(String path) {
        var expression = new StringBuilder();
        for (var i = 0; i < path.length(); i++) {
            if (path.startsWith("**/", i)) {
                expression.append("(?:.*/)?");
                i += 2;
            } else if (path.startsWith("**", i)) {
                expression.append(".*");
                i += 1;
            } else {
                expression.append(one(path.charAt(i)));
            }
        }
        return expression.toString();
    }

    private static String one(char character) {
        return switch (character) {
            case '*' -> "[^/]*";
            case '?' -> "[^/]";
            default -> Pattern.quote(String.valueOf(character));
        };
    }
}
