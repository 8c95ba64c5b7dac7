package dev.trestle.core.plan;

import java.time.Duration;

/** The API server's answer to an action, when it was no: an admission policy, a quota, missing rights. */
public record Refusal(Action action, String message) {
    /** The cause of the API server's refusal sends no event when it goes away. */
    public static final Duration RETRY = Duration.ofSeconds(30);
}
