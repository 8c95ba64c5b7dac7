package dev.trestle.source;

import dev.trestle.core.inputs.FileRecipe;
import dev.trestle.core.plan.SourceView;
import dev.trestle.core.plan.SourceView.Unavailable;
import dev.trestle.core.plan.SourceView.Unresolved;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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

    private final GitReader git;
    private final Supplier<Duration> period;
    private final ScheduledExecutorService executor;
    private final Consumer<Followed> onChange;
    private final Map<Followed, Seen> seen = new ConcurrentHashMap<>();
    /** The Dockerfiles whose text somebody needs. */
    private final Map<Followed, Set<String>> dockerfiles = new ConcurrentHashMap<>();

    private volatile Supplier<Set<Followed>> wanted = Set::of;

    /** What is known of a followed ref. */
    private sealed interface Seen {
        record Nothing() implements Seen {}

        record Trouble(String message) implements Seen {}

        record At(Head head) implements Seen {}
    }

    /**
     * @param period how long to wait after a look before the next; asked anew each time
     * @param onChange called when what is known of a ref has changed
     */
    public SourceWatch(
            GitReader git, Supplier<Duration> period, ScheduledExecutorService executor, Consumer<Followed> onChange) {
        this.git = git;
        this.period = period;
        this.executor = executor;
        this.onChange = onChange;
    }

    /** @param wanted every ref that some build follows now; one that is no longer among them is forgotten */
    public void forgetAllBut(Supplier<Set<Followed>> wanted) {
        this.wanted = wanted;
    }

    /**
     * What is known of the ref; the first time it is asked for, it begins to be followed.
     *
     * @param recipe of the build that asks: which of the commit's files are its inputs
     */
    public SourceView viewOf(Followed followed, FileRecipe recipe) {
        var dockerfileIsNew = dockerfiles
                .computeIfAbsent(followed, _ -> ConcurrentHashMap.newKeySet())
                .add(recipe.dockerfile());
        var known = seen.putIfAbsent(followed, new Seen.Nothing());
        if (known == null) {
            executor.execute(() -> look(followed, true));
            return new Unresolved();
        }
        return switch (known) {
            case Seen.Nothing _ -> new Unresolved();
            case Seen.Trouble(var message) -> new Unavailable(message);
            case Seen.At(var head) -> {
                if (dockerfileIsNew) {
                    executor.execute(() -> learn(followed, ask(followed)));
                }
                yield head.view(recipe).<SourceView>map(view -> view).orElseGet(Unresolved::new);
            }
        };
    }

    /** Whatever goes wrong, a ref that is followed is looked at again: else it would stay as it is for good. */
    private void look(Followed followed, boolean first) {
        var goesOn = true;
        try {
            goesOn = first || wanted.get().contains(followed);
            if (goesOn) {
                learn(followed, ask(followed));
            } else {
                seen.remove(followed);
                dockerfiles.remove(followed);
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

    private void learn(Followed followed, Seen now) {
        var before = seen.replace(followed, now);
        if (before != null && !before.equals(now)) {
            about(LOG.atInfo(), followed).addKeyValue("seen", now).log("Source changed");
            onChange.accept(followed);
        }
        if (now instanceof Seen.At(var head)
                && !head.hasTextsOf(dockerfilesOf(followed))) { // asked for in the meantime
            executor.execute(() -> learn(followed, ask(followed)));
        }
    }

    private Set<String> dockerfilesOf(Followed followed) {
        return dockerfiles.getOrDefault(followed, Set.of());
    }

    private static LoggingEventBuilder about(LoggingEventBuilder event, Followed followed) {
        return event.addKeyValue("url", followed.url()).addKeyValue("ref", followed.ref());
    }

    private Seen ask(Followed followed) {
        try {
            var commit = commitOf(followed);
            return commit.isPresent()
                    ? new Seen.At(headOf(followed, commit.get()))
                    : new Seen.Trouble("Repository '%s' has no ref '%s'. Push it, or correct 'spec.source.git.ref'."
                            .formatted(followed.url(), followed.ref()));
        } catch (GitReader.Unreadable e) {
            return new Seen.Trouble("Repository '%s' cannot be read: %s. It is tried again every %d s."
                    .formatted(followed.url(), e.getMessage(), period.get().toSeconds()));
        }
    }

    private Optional<String> commitOf(Followed followed) throws GitReader.Unreadable {
        return followed.isCommit() ? Optional.of(followed.ref()) : git.commitOf(followed.url(), followed.ref());
    }

    /** A commit that has not moved is not read again, but for Dockerfiles that are asked for since. */
    private Head headOf(Followed followed, String commit) throws GitReader.Unreadable {
        var known =
                seen.get(followed) instanceof Seen.At(var head) && head.commit().equals(commit)
                        ? head
                        : Head.of(commit, git.treeOf(followed.url(), commit));
        return known.with(dockerfilesOf(followed), objectId -> git.textOf(followed.url(), objectId));
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
