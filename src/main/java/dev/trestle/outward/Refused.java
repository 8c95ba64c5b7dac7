package dev.trestle.outward;

import java.io.IOException;

/** The operator does not ask this host; the message says why, as the end of a sentence. */
public final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
        super(message);
    }
}
