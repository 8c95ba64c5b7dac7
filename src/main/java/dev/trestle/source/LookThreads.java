package dev.trestle.source;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Platform threads, so many in each lane. What a server sends is worked on here and nowhere else: a virtual thread would keep one of the few
 * carriers, which probes and reconciles need. A look that takes longer than it may is interrupted and given up, and its place is free again,
 * whatever its thread does.
 */
final class LookThreads implements Workers {
    private static final Logger LOG = LoggerFactory.getLogger(LookThreads.class);

    private final Map<Lane, Integer> places;
    private final Duration longest;
    private final ScheduledExecutorService timer;
    private final Map<Lane, Queue<Look>> waiting = new EnumMap<>(Lane.class);
    private final Map<Lane, Set<Look>> running = new EnumMap<>(Lane.class);
    private boolean closed;

    /**
     * @param places how many looks at once, of each lane
     * @param longest for one of them
     * @param timer for the ends of those that take longer
     */
    LookThreads(Map<Lane, Integer> places, Duration longest, ScheduledExecutorService timer) {
        this.places = Map.copyOf(places);
        this.longest = longest;
        this.timer = timer;
        for (var lane : Lane.values()) {
            waiting.put(lane, new ArrayDeque<>());
            running.put(lane, new HashSet<>());
        }
    }

    @Override
    public synchronized void run(Lane lane, Runnable work, Runnable givenUp) {
        of(waiting, lane).add(new Look(lane, work, givenUp));
        startNext(lane);
    }

    private synchronized void startNext(Lane lane) {
        var looks = of(running, lane);
        while (!closed
                && looks.size() < places.getOrDefault(lane, 1)
                && !of(waiting, lane).isEmpty()) {
            var look = of(waiting, lane).remove();
            looks.add(look);
            look.thread.start();
            var _ = timer.schedule(look::giveUp, longest.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** @return whether this is the first end of it */
    private synchronized boolean ends(Look look) {
        var first = of(running, look.lane).remove(look);
        if (first) {
            startNext(look.lane);
        }
        return first;
    }

    private static <T> T of(Map<Lane, T> all, Lane lane) {
        return Objects.requireNonNull(all.get(lane));
    }

    @Override
    public synchronized void close() {
        closed = true;
        running.values().forEach(looks -> looks.forEach(look -> look.thread.interrupt()));
    }

    private final class Look {
        private final Lane lane;
        private final Runnable work;
        private final Runnable givenUp;
        private final Thread thread;

        Look(Lane lane, Runnable work, Runnable givenUp) {
            this.lane = lane;
            this.work = work;
            this.givenUp = givenUp;
            this.thread = Thread.ofPlatform().name("look-" + lane).daemon().unstarted(this::run);
        }

        private void run() {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                LOG.atError().setCause(e).log("A look at a source ended in an error");
            } finally {
                ends(this);
            }
        }

        private void giveUp() {
            if (!ends(this)) {
                return;
            }
            var where = new Throwable("the look's thread");
            where.setStackTrace(thread.getStackTrace());
            LOG.atError().addKeyValue("longest", longest).setCause(where).log("A look at a source takes too long");
            thread.interrupt();
            givenUp.run();
        }
    }
}
