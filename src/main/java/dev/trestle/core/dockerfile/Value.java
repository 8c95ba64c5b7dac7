package dev.trestle.core.dockerfile;

/**
 * A text with variables in it, as far as it can be told.
 *
 * @param known its beginning
 * @param whole whether that is all of it; else a variable of unknown value follows
 * @param end what follows the last of these
 */
record Value(String known, boolean whole, String end) {
    static final Value UNKNOWN = new Value("", false, "");

    static Value of(String text) {
        return new Value(text, true, "");
    }

    Value then(Value next) {
        if (whole) {
            return new Value(known + next.known, next.whole, next.end);
        }
        return new Value(known, false, next.whole ? end + next.known : next.end);
    }
}
