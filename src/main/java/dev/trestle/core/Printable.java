package dev.trestle.core;

/**
 * Text from outside, such as a registry's answer, a commit's subject or a file's name, made fit for a terminal and a log. Control characters
 * of Unicode's sets C0 and C1 move the cursor or run a terminal's commands, and those for bidirectional text show it in another order;
 * each is written as its escape in Java and JSON. Line breaks and tabs stay.
 */
public final class Printable {

    private Printable() {}

    /** The text without a character that a terminal would obey; as long as before, or longer by five for each of them. */
    public static String of(String text) {
        if (text.chars().noneMatch(Printable::isCommand)) {
            return text;
        }
        var shown = new StringBuilder(text.length() + 32);
        for (var at = 0; at < text.length(); at++) {
            var c = text.charAt(at);
            var endsLine = c == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n';
            if (isCommand(c) && !endsLine) {
                shown.append("\\u%04x".formatted((int) c));
            } else {
                shown.append(c);
            }
        }
        return shown.toString();
    }

    private static boolean isCommand(int c) {
        return (Character.isISOControl(c) && c != '\n' && c != '\t') || isBidirectional(c);
    }

    /** @see <a href="https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters">directional formatting characters</a> */
    private static boolean isBidirectional(int c) {
        return c == 0x61c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    }
}
