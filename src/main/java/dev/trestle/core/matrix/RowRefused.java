package dev.trestle.core.matrix;

/** One row cannot be expressed; the others can. The message says why, without the row. */
final class RowRefused extends Exception {
    private static final long serialVersionUID = 1L;

    RowRefused(String message) {
        super(message);
    }
}
