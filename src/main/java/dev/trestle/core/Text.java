package dev.trestle.core;

/** Texts that pods, registries, git servers and people have written, as a status can hold them. */
public final class Text {
    private static final int REPLACEMENT = 0xFFFD;
    private static final String MORE = "…";

    private Text() {}

    /**
     * The text, or its beginning and an ellipsis. Characters with a meaning for a terminal, and those that UTF-8 cannot have, are replaced:
     * white space by a blank, other control characters, marks that turn the direction of writing, and halves of pairs by U+FFFD.
     *
     * @param limit the schema's {@code maxLength}: characters as the API server counts them, which are code points
     */
    public static String atMost(int limit, String text) {
        var kept = new StringBuilder(Math.min(text.length(), limit));
        var taken = 0;
        for (var at = 0; at < text.length(); taken++) {
            if (taken == limit) {
                kept.setLength(kept.offsetByCodePoints(kept.length(), -1));
                return kept.append(MORE).toString();
            }
            var character = text.codePointAt(at);
            kept.appendCodePoint(shown(character));
            at += Character.charCount(character);
        }
        return kept.toString();
    }

    private static int shown(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL -> Character.isWhitespace(character) ? ' ' : REPLACEMENT;
            case Character.SURROGATE -> REPLACEMENT;
            case Character.FORMAT -> turnsDirection(character) ? REPLACEMENT : character;
            default -> character;
        };
    }

    /** @see <a href="https://www.unicode.org/reports/tr9/">Unicode Bidirectional Algorithm, explicit formatting characters</a> */
    private static boolean turnsDirection(int character) {
        return (character >= 0x202A && character <= 0x202E) || (character >= 0x2066 && character <= 0x2069);
    }
}
