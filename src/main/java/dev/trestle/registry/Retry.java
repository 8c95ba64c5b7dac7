package dev.trestle.registry;

import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries an operation again that may work a moment later. */
public final class Retry {

    private static final Logger log = LoggerFactory.getLogger(Retry.class);

    private final Backoff backoff;
    private final Sleeper sleeper;
    private final DoubleSupplier jitter;

    /** Waits as {@code backoff} says by {@code sleeper}; {@code jitter} gives numbers from 0 to 1. */
    public Retry(Backoff backoff, Sleeper sleeper, DoubleSupplier jitter) {
        this.backoff = backoff;
        this.sleeper = sleeper;
        this.jitter = jitter;
    }

    /** This attempt failed, the next may not. */
    static final class TryAgain extends RuntimeException {

        private final RuntimeException last;
        private final Optional<Duration> after;

        /**
         * Asks for another attempt.
         *
         * @param last thrown when it was the last attempt
         * @param after the wait that a registry asked for
         */
        TryAgain(RuntimeException last, Optional<Duration> after) {
            super(last);
            this.last = last;
            this.after = after;
        }
    }

    /** The result of {@code attempt} once it throws no {@link TryAgain}; when none is left, the failure inside the last one. */
    <T> T run(Supplier<T> attempt) {
        for (var count = 1; ; count++) {
            try {
                return attempt.get();
            } catch (TryAgain again) {
                if (count >= backoff.attempts()) {
                    throw again.last;
                }
                await(backoff.after(count, again.after, jitter.getAsDouble()), again.last);
            }
        }
    }

    private void await(Duration wait, RuntimeException last) {
        log.info("Trying again in {} ms: {}", wait.toMillis(), last.getMessage());
        try {
            sleeper.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw last;
        }
    }
}
