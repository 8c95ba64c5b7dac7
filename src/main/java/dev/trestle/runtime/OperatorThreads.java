package dev.trestle.runtime;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The threads of work that is not a reconcile: bounded, and apart from one another, so that slow work of one kind delays no other.
 *
 * @param watchdog looks at the passes; a platform thread, which work on virtual threads cannot starve
 * @param background short periodic work: configuration, namespaces, sweeps, webhooks
 * @param upstreams registries that are asked for upstream images; one that hangs holds a thread for half a minute, and tenants choose
 *     registries
 * @param lookTimes says when to look at git repositories; the looks have threads of their own
 * @param dockerfiles asks the program that reads Dockerfiles; that takes work, and on a carrier thread of virtual ones it would delay
 *     others
 */
record OperatorThreads(
        ScheduledExecutorService watchdog,
        ScheduledExecutorService background,
        ScheduledExecutorService upstreams,
        ScheduledExecutorService lookTimes,
        ScheduledExecutorService dockerfiles)
        implements AutoCloseable {
    private static final int BACKGROUND = 4;
    private static final int UPSTREAMS = 32;

    OperatorThreads() {
        this(
                platform("watchdog"),
                virtual(BACKGROUND),
                virtual(UPSTREAMS),
                platform("look-times"),
                platform("dockerfiles"));
    }

    private static ScheduledExecutorService platform(String name) {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
    }

    private static ScheduledExecutorService virtual(int threads) {
        return Executors.newScheduledThreadPool(threads, Thread.ofVirtual().factory());
    }

    /** Ends the work without waiting for it. */
    @Override
    public void close() {
        watchdog.shutdownNow();
        background.shutdownNow();
        upstreams.shutdownNow();
        lookTimes.shutdownNow();
        dockerfiles.shutdownNow();
    }
}
