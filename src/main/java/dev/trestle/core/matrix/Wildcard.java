package dev.trestle.core.matrix;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A text that values are compared with: {@code *} stands for any characters, {@code ?} for one; all else for itself. */
final class Wildcard {
    private final Pattern pattern;

    Wildcard(String text) {
        pattern = Pattern.compile(
                text.chars().mapToObj(Wildcard::expression).collect(Collectors.joining()), Pattern.DOTALL);
    }

    boolean matches(String value) {
        return pattern.matcher(value).matches();
    }

    private static String expression(int character) {
        return switch (character) {
            case '*' -> ".*";
            case '?' -> ".";
            default -> Pattern.quote(Character.toString(character));
        };
    }
}
