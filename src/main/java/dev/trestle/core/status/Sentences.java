package dev.trestle.core.status;

/** Sentences that are put together from words of several programs. */
final class Sentences {
    private Sentences() {}

    /** The text with a full stop, unless it ends in one already: BuildKit's words, and those of many programs, do not. */
    static String ended(String text) {
        var trimmed = text.stripTrailing();
        return trimmed.isEmpty() || ".!?…:".indexOf(trimmed.charAt(trimmed.length() - 1)) >= 0
                ? trimmed
                : trimmed + ".";
    }
}
