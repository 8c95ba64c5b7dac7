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
    }
}
