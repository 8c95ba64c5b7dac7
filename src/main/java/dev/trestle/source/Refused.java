package dev.trestle.source;

import java.io.IOException;

/** The operator itself does not go on; the message says why, as the end of a sentence. */
public final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
        super(message);
    }
}
