package dev.trestle.core.plan;

import dev.trestle.api.LegFailure.FailureClass;
import java.time.Duration;

/** Which failures are tried again without being asked, and when. */
final class Retries {
    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(10);
    private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(10);

    private Retries() {}

    static boolean areDueTo(FailureClass failureClass) {
        return switch (failureClass) {
            case Infrastructure, DiskFull, Cancelled -> true;
            case User, OutOfMemory, WrongPlatform, DeadlineExceeded -> false;
        };
    }

    /** @param attempt that has failed, 1 for the first */
    static Duration backoffAfter(int attempt) {
        var backoff = FIRST_BACKOFF.multipliedBy(1L << Math.min(attempt - 1, 10));
        return backoff.compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : backoff;
    }
}
