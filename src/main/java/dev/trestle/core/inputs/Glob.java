package dev.trestle.core.inputs;

import java.util.Arrays;

/**
 * A path, or one with wildcards: {@code *} and {@code ?} stay within a folder's name, {@code **} crosses folders ({@code **}{@code /a}
 * is {@code a} at the top too). Without a wildcard it is a file, or a folder with all that is in it. A text of more than
 * {@value #LONGEST} characters selects every path, which is never too little.
 *
 * <p>A path is read once, from its first character to its last: {@link GlobMatcher} keeps every place of the glob that its beginning may
 * have come to. So a match costs at most the product of both lengths, for any pattern and any path.
 */
final class Glob {
    /** The longest that a spec's schema admits is 512. */
    static final int LONGEST = 1024;

    private final String text;
    private final String literal;
    private final int[] steps;

    private Glob(String text, String literal, int[] steps) {
        this.text = text;
        this.literal = literal;
        this.steps = steps;
    }

    static Glob of(String text) {
        var path = text.replaceFirst("^(\\./)+", "").replaceFirst("/+$", "");
        if (path.isEmpty() || path.equals(".") || path.length() > LONGEST) {
            return new Glob(text, "", new int[] {GlobMatcher.ANYTHING});
        }
        var wildcard = firstWildcard(path);
        return wildcard < 0
                ? new Glob(text, path, withWhatIsBelow(path))
                : new Glob(text, path.substring(0, wildcard), stepsOf(path));
    }

    String text() {
        return text;
    }

    /** The common prefix of all paths that it selects. */
    String literal() {
        return literal;
    }

    boolean selects(String path) {
        return path.startsWith(literal) && matcher().selects(path);
    }

    /** Whether some path in this folder, whose files are not known, would be selected. */
    boolean maySelectWithin(String folder) {
        return matcher().maySelectWithin(folder);
    }

    /** Whether it would select a folder of this name, or a path in it. */
    boolean maySelect(String folder) {
        return selects(folder) || maySelectWithin(folder);
    }

    /** For many paths in a row, of one thread; it counts its work. */
    GlobMatcher matcher() {
        return new GlobMatcher(steps);
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

    private static int[] withWhatIsBelow(String path) {
        var characters = path.codePoints().toArray();
        var steps = Arrays.copyOf(characters, characters.length + 2);
        steps[characters.length] = GlobMatcher.BELOW;
        steps[characters.length + 1] = GlobMatcher.ANYTHING;
        return steps;
    }

    private static int[] stepsOf(String path) {
        var steps = new int[2 * path.length()];
        var count = 0;
        for (var at = 0; at < path.length(); ) {
            if (path.startsWith("**/", at)) {
                if (!endsWith(steps, count, GlobMatcher.FOLDERS)) { // more of them in a row say no more than one
                    steps[count++] = GlobMatcher.FOLDERS;
                }
                at += 3;
            } else if (path.startsWith("**", at)) {
                steps[count++] = GlobMatcher.ANYTHING;
                at += 2;
            } else {
                var character = path.codePointAt(at);
                steps[count++] = stepOf(character);
                at += Character.charCount(character);
            }
        }
        return Arrays.copyOf(steps, count);
    }

    private static boolean endsWith(int[] steps, int count, int step) {
        return count > 0 && steps[count - 1] == step;
    }

    private static int stepOf(int character) {
        return switch (character) {
            case '*' -> GlobMatcher.NAME;
            case '?' -> GlobMatcher.CHARACTER;
            default -> character;
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
