package dev.trestle.source;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Platform threads, so many in each lane. A server's answers are processed here and nowhere else: a virtual thread would keep one of the few
 * carriers, which probes and reconciles need. A look that takes longer than it may is interrupted and given up, and its place is free again,
 * whatever its thread does.
 *
 * <p>A tenant may name any number of new repositories. So the server that has the fewest threads is next, and a first look that is not over
 * after {@link #PATIENCE} goes on among the slow ones: it makes room for the next.
 */
final class LookThreads implements Workers {
    private static final Logger LOG = LoggerFactory.getLogger(LookThreads.class);

    /** Servers that answer at once need less. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Looks that were moved there included; beyond it, the one that has run for longest is given up. */
    static final int MOST_SLOW = 16;

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
            running.put(lane, new LinkedHashSet<>());
        }
    }

    @Override
    public synchronized void run(Lane lane, String server, Runnable work, Runnable givenUp) {
        of(waiting, lane).add(new Look(lane, server, work, givenUp));
        startNext(lane);
    }

    private synchronized void startNext(Lane lane) {
        for (var next = next(lane); next.isPresent(); next = next(lane)) {
            var look = next.get();
            of(waiting, lane).remove(look);
            of(running, lane).add(look);
            look.thread.start();
            after(longest, look::giveUp);
            if (lane == Lane.NEW) {
                after(PATIENCE, () -> makeRoom(look));
            }
        }
    }

    private void after(Duration time, Runnable task) {
        var _ = timer.schedule(task, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Of the server that has the fewest threads of the lane; of equals, the one that has waited longest. */
    private Optional<Look> next(Lane lane) {
        if (closed || of(running, lane).size() >= places.getOrDefault(lane, 1)) {
            return Optional.empty();
        }
        return of(waiting, lane).stream().min(Comparator.comparingLong(this::runningOfItsServer));
    }

    private long runningOfItsServer(Look look) {
        return of(running, look.lane).stream()
                .filter(other -> other.server.equals(look.server))
                .count();
    }

    private void makeRoom(Look look) {
        tooManySlow(look).ifPresent(Look::giveUp);
    }

    private synchronized Optional<Look> tooManySlow(Look look) {
        if (!of(running, Lane.NEW).remove(look)) {
            return Optional.empty();
        }
        var slow = of(running, Lane.SLOW);
        look.lane = Lane.SLOW;
        slow.add(look);
        startNext(Lane.NEW);
        return slow.size() > MOST_SLOW ? slow.stream().findFirst() : Optional.empty();
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
        private Lane lane;
        private final String server;
        private final Runnable work;
        private final Runnable givenUp;
        private final Thread thread;

        Look(Lane lane, String server, Runnable work, Runnable givenUp) {
            this.lane = lane;
            this.server = server;
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
