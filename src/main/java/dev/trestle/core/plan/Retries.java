package dev.trestle.core.plan;

import dev.trestle.api.FailureReason.Retry;
import dev.trestle.api.LostAttempt;
import dev.trestle.core.Jitter;
import dev.trestle.core.config.Pool;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Which failures are tried again without being asked, and when; {@link dev.trestle.api.FailureReason} has the table. */
final class Retries {
    /** Enough for a registry that is away for two hours. */
    static final int MOST_FREE = 20;

    /** For all reasons together; a user's request allows another. */
    static final int MOST_ATTEMPTS = 35;

    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(10);
    private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(10);

    private Retries() {}

    /**
     * @param lost the attempts that have failed so far, the last of which decides
     * @param charged how many failures that may be the build's own fault are tried again
     * @param pod name of the next attempt's pod
     * @return when the leg is tried again; empty when it is not
     */
    static Optional<Instant> next(List<LostAttempt> lost, int charged, Pool pool, String pod) {
        var last = lost.getLast();
        var retry = last.reason().retry();
        var again = switch (retry) {
            case Never -> false;
            case Charged -> count(retry, lost) <= charged;
            case Free -> count(retry, lost) <= MOST_FREE;
            case Larger -> pool.largerResources().isPresent() && count(retry, lost) == 1;
        };
        return again && last.attempt() < MOST_ATTEMPTS
                ? Optional.of(Instant.parse(last.at()).plus(backoff(last, pod)))
                : Optional.empty();
    }

    private static Duration backoff(LostAttempt last, String pod) {
        return last.reason().retry() == Retry.Larger ? Duration.ZERO : backoffAfter(last.attempt(), pod);
    }

    /**
     * Doubles with each attempt, and is longer by up to a half, derived from the pod's name: legs that failed together do not come again
     * together.
     *
     * @param attempt that has failed, 1 for the first
     */
    static Duration backoffAfter(int attempt, String pod) {
        var backoff = FIRST_BACKOFF.multipliedBy(1L << Math.min(attempt - 1, 10));
        var least = backoff.compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : backoff;
        return Jitter.upToHalfMore(least, List.of(pod));
    }

    private static long count(Retry retry, List<LostAttempt> lost) {
        return lost.stream()
                .filter(attempt -> attempt.reason().retry() == retry)
                .count();
    }
}
