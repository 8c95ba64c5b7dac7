package dev.trestle.registry;

import java.time.Duration;
import java.util.Optional;

/**
 * How often something is tried, and how long to wait between: doubling waits with full jitter, or the registry's own wish.
 *
 * @param attempts how often at all, the first time included
 * @param first the longest first wait
 * @param longest no wait is longer, whatever a registry asks for
 * @see <a href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">why full jitter</a>
 */
public record Backoff(int attempts, Duration first, Duration longest) {

    /** For a registry that is busy or restarts: five tries, within about 10 seconds unless it asks for more. */
    public static final Backoff OF_REQUESTS = new Backoff(5, Duration.ofMillis(500), Duration.ofSeconds(30));

    /** For callers that decide about another try: none. */
    public static final Backoff ONCE = new Backoff(1, Duration.ZERO, Duration.ZERO);

    /** For a registry whose reads lag behind its writes: four looks within 5 seconds. */
    public static final Backoff OF_LOOKS = new Backoff(4, Duration.ofMillis(700), Duration.ofSeconds(5));

    /**
     * The wait after a failed attempt.
     *
     * @param attempt the one that failed, from 1
     * @param asked the registry's Retry-After
     * @param jitter from 0 to 1
     */
    Duration after(int attempt, Optional<Duration> asked, double jitter) {
        var grown = first.multipliedBy(1L << Math.min(attempt - 1, 20));
        var wait = asked.orElseGet(() -> Duration.ofNanos((long) (grown.toNanos() * (0.5 + jitter / 2))));
        return wait.compareTo(longest) < 0 ? wait : longest;
    }
}
