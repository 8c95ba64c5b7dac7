package dev.trestle.core.inputs;

/** The names of files as text. A lone surrogate stands for a byte that is not UTF-8, see {@code dev.trestle.source.FileNames}. */
final class PathText {
    private static final int ESCAPE = 0xDC00;
    private static final int LONGEST_SHOWN = 200;
    private static final char REPLACEMENT = '\uFFFD';

    private PathText() {}

    /** Whether a status can hold it and a terminal show it: no control characters, no byte that is not UTF-8. */
    static boolean isPlain(String path) {
        return path.codePoints().noneMatch(point -> Character.isISOControl(point) || isEscape(point));
    }

    /** A text without lone surrogates, which have no UTF-8; no name of a file has a NUL, so no other name becomes this. */
    static String hashed(String path) {
        if (path.chars().noneMatch(character -> Character.isSurrogate((char) character))) {
            return path;
        }
        var text = new StringBuilder();
        path.codePoints()
                .forEach(point ->
                        text.append(isEscape(point) ? "\0" + (point - ESCAPE) + "\0" : Character.toString(point)));
        return text.toString();
    }

    /** As people may see it: each character that a terminal might obey, or that has no UTF-8, is a question mark. */
    static String shown(String path) {
        var text = new StringBuilder();
        path.codePoints()
                .limit(LONGEST_SHOWN)
                .forEach(point -> text.appendCodePoint(Character.isISOControl(point) || isEscape(point) ? '?' : point));
        return text.toString();
    }

    /** The text of a Dockerfile that is not UTF-8 has this in the place of the invalid bytes. */
    static String withoutReplacements(String path) {
        return path.indexOf(REPLACEMENT) < 0 ? path : path.replaceAll(REPLACEMENT + "+", "*");
    }

    private static boolean isEscape(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }
}
