package dev.trestle.registry;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One registry host, which is asked one question at a time, and none while it wants to be left alone. */
final class UpstreamHost {

    private static final Logger LOG = LoggerFactory.getLogger(UpstreamHost.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    /** A longer one is a mistake, such as a point in time that was meant. */
    private static final Duration LONGEST_ASKED = Duration.ofDays(1);

    /** A question; its answer is the failure that speaks for the whole host, if there was one. */
    @FunctionalInterface
    interface Question {
        Optional<RegistryFailure> ask();
    }

    private final String name;
    private final ScheduledExecutorService executor;
    private final Supplier<Duration> longestPause;
    private final Queue<Question> waiting = new ArrayDeque<>();
    private boolean busy;
    private int failures;

    UpstreamHost(String name, ScheduledExecutorService executor, Supplier<Duration> longestPause) {
        this.name = name;
        this.executor = executor;
        this.longestPause = longestPause;
    }

    /** Asks when all earlier requests have been sent. */
    synchronized void ask(Question question) {
        waiting.add(question);
        if (!busy) {
            busy = true;
            executor.execute(this::askNext);
        }
    }

    /** Whether no question waits and none is being asked; a host that wants to be left alone is not idle. */
    synchronized boolean isIdle() {
        return !busy;
    }

    private void askNext() {
        next().ifPresent(question -> {
            var pause = FIRST_PAUSE;
            try {
                pause = pauseAfter(question.ask());
            } finally {
                var _ = executor.schedule(this::askNext, pause.toMillis(), TimeUnit.MILLISECONDS);
            }
        });
    }

    private synchronized Optional<Question> next() {
        var next = Optional.ofNullable(waiting.poll());
        busy = next.isPresent();
        return next;
    }

    private synchronized Duration pauseAfter(Optional<RegistryFailure> failure) {
        failures = failure.isPresent() ? failures + 1 : 0;
        var pause = failure.map(this::pauseAfter).orElse(Duration.ZERO);
        failure.ifPresent(why -> LOG.atInfo()
                .addKeyValue("host", name)
                .addKeyValue("seconds", pause.toSeconds())
                .addKeyValue("failure", why.getMessage())
                .log("Registry is left alone"));
        return pause;
    }

    /** The registry's own wish, at least the first pause; else twice as long as the last time. */
    private Duration pauseAfter(RegistryFailure failure) {
        return failure.retryAfter()
                .map(asked -> asked.compareTo(FIRST_PAUSE) < 0 ? FIRST_PAUSE : asked)
                .map(asked -> asked.compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : asked)
                .orElseGet(() ->
                        new Backoff(failures, FIRST_PAUSE, longestPause.get()).after(failures, Optional.empty(), 1));
    }
}
