package dev.trestle.source;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** When one repository is looked at: one look at a time, after each a pause, and sooner for who has a reason. */
final class Looks {
    /** Whoever pokes, be it often, has one look in this time. */
    private static final Duration REST = Duration.ofSeconds(2);

    private final ScheduledExecutorService executor;
    private final Supplier<Next> look;
    private Future<?> planned = CompletableFuture.completedFuture(null);
    private boolean looking;
    private boolean resting;
    private boolean poked;
    private boolean needed;

    /** What follows a look. */
    sealed interface Next {
        record After(Duration pause) implements Next {}

        record Never() implements Next {}
    }

    Looks(ScheduledExecutorService executor, Supplier<Next> look) {
        this.executor = executor;
        this.look = look;
    }

    /** Something is missing that a look brings: it comes at once, or when the present one is over. */
    synchronized void need() {
        if (looking) {
            needed = true;
        } else {
            plan(Duration.ZERO);
        }
    }

    /** Something may have changed since the last look: it comes at once, or when the repository had its rest. */
    synchronized void poke() {
        if (looking || resting) {
            poked = true;
        } else {
            plan(Duration.ZERO);
        }
    }

    private void plan(Duration pause) {
        planned.cancel(false);
        planned = executor.schedule(this::run, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void run() {
        if (begins()) {
            ended(look.get());
        }
    }

    private synchronized boolean begins() {
        if (looking) {
            needed = true;
            return false;
        }
        looking = true;
        needed = false;
        poked = false;
        return true;
    }

    private synchronized void ended(Next next) {
        looking = false;
        switch (next) {
            case Next.After(var pause) -> {
                resting = true;
                var _ = executor.schedule(this::rested, REST.toMillis(), TimeUnit.MILLISECONDS);
                plan(needed ? Duration.ZERO : pause);
            }
            case Next.Never _ -> planned.cancel(false);
        }
    }

    private synchronized void rested() {
        resting = false;
        if (poked) {
            poke();
        }
    }
}
