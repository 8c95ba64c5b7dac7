package dev.trestle.source;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The schedule of one repository's looks: one at a time, after each a pause, which a reason shortens. */
final class Looks {
    /** Any number of requests brings one look in this time. */
    private static final Duration REST = Duration.ofSeconds(2);

    private final ScheduledExecutorService timer;
    private final Workers workers;
    private final Look look;
    private Future<?> planned = CompletableFuture.completedFuture(null);
    private boolean looking;
    private boolean resting;
    private boolean poked;
    private boolean due;
    private boolean needed;
    /** Looks that were given up have another number. */
    private int number;

    /** The consequence of a look. */
    sealed interface Next {
        record After(Duration pause) implements Next {}

        /** It asked the server for nothing: the next look comes when it would have come. */
        record AsPlanned() implements Next {}

        record Never() implements Next {}
    }

    /** The target of looks. */
    interface Look {
        Lane lane();

        /** The host that is asked. */
        String server();

        /** @param all asks the server for every ref; else only for missing ones */
        Next look(boolean all);

        /** It takes too long, and its later outcome does not count. */
        Next givenUp();
    }

    Looks(ScheduledExecutorService timer, Workers workers, Look look) {
        this.timer = timer;
        this.workers = workers;
        this.look = look;
    }

    /** Something is missing that a look brings: it comes at once, or when the present one is over. */
    synchronized void need() {
        if (!needed) {
            needed = true;
            if (!looking) {
                startNeeded();
            }
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

    private void startNeeded() {
        var _ = timer.schedule(() -> start(false), 0, TimeUnit.MILLISECONDS);
    }

    private void plan(Duration pause) {
        planned.cancel(false);
        planned = timer.schedule(() -> start(true), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void start(boolean all) {
        var mine = begins(all);
        if (mine > 0) {
            workers.run(
                    look.lane(), look.server(), () -> ended(mine, look.look(all)), () -> ended(mine, look.givenUp()));
        }
    }

    /** @return its number; 0 while another look is under way, after which this one comes */
    private synchronized int begins(boolean all) {
        if (looking) {
            due |= all;
            return 0;
        }
        if (!all && !needed) {
            return 0;
        }
        looking = true;
        needed = false;
        if (all) {
            due = false;
            poked = false;
        }
        return ++number;
    }

    private synchronized void ended(int mine, Next next) {
        if (mine != number || !looking) {
            return;
        }
        looking = false;
        switch (next) {
            case Next.After(var pause) -> {
                rest();
                plan(pause);
            }
            case Next.AsPlanned _ -> {
                if (due || (poked && !resting)) {
                    plan(Duration.ZERO);
                }
            }
            case Next.Never _ -> {
                planned.cancel(false);
                return;
            }
        }
        if (needed) {
            startNeeded();
        }
    }

    private void rest() {
        resting = true;
        due = false;
        var _ = timer.schedule(this::rested, REST.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void rested() {
        resting = false;
        if (poked) {
            poke();
        }
    }
}
