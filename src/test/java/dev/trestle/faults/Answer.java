package dev.trestle.faults;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** What a {@link FaultProxy} does with a request. */
sealed interface Answer {
    /** The server answers. */
    record Pass() implements Answer {}

    /** The server answers after a while. */
    record Late(Duration by) implements Answer {}

    /** The server answers once the latch is open. */
    record Held(CountDownLatch latch) implements Answer {}

    /** The connection is reset; the server hears nothing. */
    record Cut() implements Answer {}

    /** The server does what it is asked to, and nobody hears of it. */
    record Lost() implements Answer {}

    /** Answered with this status by the proxy; the server hears nothing. */
    record Refused(int status, String headers, String body) implements Answer {
        Refused(int status) {
            this(status, "", "");
        }

        /** BuildKit's messages have it, and leave out the body. */
        String phrase() {
            return switch (status) {
                case 409 -> "Conflict";
                case 410 -> "Gone";
                case 429 -> "Too Many Requests";
                case 500 -> "Internal Server Error";
                case 503 -> "Service Unavailable";
                default -> throw new IllegalArgumentException("No phrase for status " + status);
            };
        }
    }
}
