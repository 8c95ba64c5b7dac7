package dev.trestle.source;

import dev.trestle.core.plan.SourceView;
import dev.trestle.core.plan.SourceView.Known;
import dev.trestle.core.plan.SourceView.Unavailable;
import dev.trestle.core.plan.SourceView.Unresolved;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Keeps an eye on every ref that some build follows: each (repository, ref) is asked for once per period, however many builds
 * follow it. A reconcile never waits for git: it sees what is known, and is called again when that changes.
 */
public final class SourceWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SourceWatch.class);

    /** What is followed. */
    public record Followed(String url, String ref) {}

    private final GitHeads heads;
    private final Supplier<Duration> period;
    private final ScheduledExecutorService executor;
    private final Consumer<Followed> onChange;
    private final Map<Followed, SourceView> views = new ConcurrentHashMap<>();
    private volatile Supplier<Set<Followed>> wanted = Set::of;

    /**
     * @param period how long to wait after a look before the next; asked anew each time
     * @param onChange called when what is known of a ref has changed
     */
    public SourceWatch(
            GitHeads heads, Supplier<Duration> period, ScheduledExecutorService executor, Consumer<Followed> onChange) {
        this.heads = heads;
        this.period = period;
        this.executor = executor;
        this.onChange = onChange;
    }

    /** @param wanted every ref that some build follows now; one that is no longer among them is forgotten */
    public void forgetAllBut(Supplier<Set<Followed>> wanted) {
        this.wanted = wanted;
    }

    /** What is known of the ref; the first time it is asked for, it begins to be followed. */
    public SourceView viewOf(Followed followed) {
        var known = views.putIfAbsent(followed, new Unresolved());
        if (known == null) {
            executor.execute(() -> look(followed, true));
            return new Unresolved();
        }
        return known;
    }

    /** Whatever goes wrong, a ref that is followed is looked at again: else it would stay as it is for good. */
    private void look(Followed followed, boolean first) {
        var goesOn = true;
        try {
            goesOn = first || wanted.get().contains(followed);
            if (goesOn) {
                learn(followed, ask(followed));
            } else {
                views.remove(followed);
            }
        } catch (RuntimeException e) {
            about(LOG.atError(), followed).setCause(e).log("Look at a source failed; the next comes as usual");
        } finally {
            if (goesOn) {
                var _ = executor.schedule(
                        () -> look(followed, false), period.get().toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    private void learn(Followed followed, SourceView seen) {
        var before = views.replace(followed, seen);
        if (before != null && !before.equals(seen)) {
            about(LOG.atInfo(), followed).addKeyValue("seen", seen).log("Source changed");
            onChange.accept(followed);
        }
    }

    private static LoggingEventBuilder about(LoggingEventBuilder event, Followed followed) {
        return event.addKeyValue("url", followed.url()).addKeyValue("ref", followed.ref());
    }

    private SourceView ask(Followed followed) {
        try {
            return heads.commitOf(followed.url(), followed.ref())
                    .<SourceView>map(Known::new)
                    .orElseGet(() -> new Unavailable(
                            "Repository '%s' has no ref '%s'. Push it, or correct 'spec.source.git.ref'."
                                    .formatted(followed.url(), followed.ref())));
        } catch (GitHeads.Unreadable e) {
            return new Unavailable("Repository '%s' cannot be read: %s. It is tried again every %d s."
                    .formatted(followed.url(), e.getMessage(), period.get().toSeconds()));
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
