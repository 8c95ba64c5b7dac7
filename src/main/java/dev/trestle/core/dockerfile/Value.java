package dev.trestle.core.dockerfile;

/**
 * A text with variables in it, as far as it can be told.
 *
 * @param known its beginning
 * @param whole whether that is all of it; else a variable of unknown value follows
 */
record Value(String known, boolean whole) {
    static final Value UNKNOWN = new Value("", false);

    static Value of(String text) {
        return new Value(text, true);
    }

    Value then(Value next) {
        return whole ? new Value(known + next.known, next.whole) : this;
    }
}
