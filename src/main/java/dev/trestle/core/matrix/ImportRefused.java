package dev.trestle.core.matrix;

/** The mapping or a matrix cannot be used at all; the message names the place, the fault and the allowed values. */
public final class ImportRefused extends Exception {
    private static final long serialVersionUID = 1L;

    public ImportRefused(String message) {
        super(message);
    }
}
