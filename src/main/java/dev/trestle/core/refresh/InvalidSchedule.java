package dev.trestle.core.refresh;

/** A schedule that cannot be read. The message names the fault and the allowed forms. */
public final class InvalidSchedule extends Exception {

    public InvalidSchedule(String message) {
        super(message);
    }
}
