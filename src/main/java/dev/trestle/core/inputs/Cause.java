package dev.trestle.core.inputs;

import java.util.Locale;

/** The cause of a leg's build, the most urgent first: waiting legs start in this order. */
public enum Cause {
    /** A user: an image that was never built, another spec, a rebuild by request. */
    Request(0),
    /** The source has moved. */
    Source(1),
    /** Nothing but the base has moved. */
    Wave(2),
    /** Time, or an image that a base is built FROM. */
    Refresh(3);

    private final int patience;

    Cause(int patience) {
        this.patience = patience;
    }

    /** How many degrees less urgent than a user's request. */
    public int patience() {
        return patience;
    }

    /** Whether no user waits for the image: such legs have a budget of their own in a pool. */
    public boolean isRoutine() {
        return this == Wave || this == Refresh;
    }

    /** As labels and metrics have it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @return the cause of that label; of a leg without one, a user's request */
    public static Cause labelled(String label) {
        for (var cause : values()) {
            if (cause.label().equals(label)) {
                return cause;
            }
        }
        return Request;
    }
}
