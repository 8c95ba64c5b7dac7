package dev.trestle.core.refresh;

/** A schedule that cannot be read. The message says what is wrong and what may be written. */
public final class InvalidSchedule extends Exception {

    public InvalidSchedule(String message) {
        super(message);
    }
}
