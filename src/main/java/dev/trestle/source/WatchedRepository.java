package dev.trestle.source;

import dev.trestle.core.inputs.FileRecipe;
import dev.trestle.core.plan.SourceView;
import dev.trestle.dockerfile.KnownReads;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One repository: all of its followed refs are looked at together. */
final class WatchedRepository {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedRepository.class);

    private static final int MOST_AT_A_TIME = 32;

    private final String url;
    private final GitReader git;
    private final KnownReads reads;
    private final Pace pace;
    private final Wanted wanted;
    private final SourceListener listener;
    private final Map<String, WatchedRef> refs = new ConcurrentHashMap<>();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile boolean answered;

    WatchedRepository(String url, GitReader git, KnownReads reads, Pace pace, Wanted wanted, SourceListener listener) {
        this.url = url;
        this.git = git;
        this.reads = reads;
        this.pace = pace;
        this.wanted = wanted;
        this.listener = listener;
    }

    static String unreadable(String url, GitReader.Unreadable why, Duration again) {
        return "Repository '%s' cannot be read: %s. It is tried again in about %d s."
                .formatted(url, why.getMessage(), again.toSeconds());
    }

    /** @return whether a look is needed: the ref is new, or this recipe is, or the commits since are wanted */
    boolean follow(Followed followed, FileRecipe recipe, Optional<String> since) {
        var isNew = !refs.containsKey(followed.ref());
        var ref = refs.computeIfAbsent(
                followed.ref(), _ -> new WatchedRef(followed, () -> wanted.recipesOf(followed), reads::now));
        var asks = since.filter(last -> ref.asks(new Pushed.Question(recipe, last)))
                .isPresent();
        return (ref.needs(recipe) && (isNew || ref.lacksFiles())) || asks;
    }

    SourceView viewOf(Followed followed, FileRecipe recipe, Optional<String> since) {
        var ref = refs.get(followed.ref());
        return ref == null ? new SourceView.Unresolved() : ref.view(recipe, since);
    }

    boolean isForgotten() {
        return refs.isEmpty();
    }

    /** How long the repository is left alone now. */
    Duration pause() {
        return pace.atRandomAfter(failures.get());
    }

    /**
     * Answers the requests since the last look, without asking the server.
     *
     * @return whether that was all that is needed
     */
    boolean fill() {
        if (refs.values().stream().anyMatch(WatchedRef::needsServer)) {
            return false;
        }
        refs.values().forEach(this::fill);
        return true;
    }

    /** Some at a time, since a build with an answer need not wait for the others. */
    private void fill(WatchedRef ref) {
        while (ref.lacksFiles()) {
            var recipes = ref.unanswered(MOST_AT_A_TIME);
            if (!ref.fill(recipes, git, pace)) {
                tell(ref, true);
                return;
            }
            listener.recipesAnswered(ref.followed(), recipes);
        }
    }

    /** An unexpected error of a look: it is reported on the builds, and there is a next look. */
    void broke(Throwable why) {
        var message =
                unreadable(url, new GitReader.Unreadable(why.toString(), why), pace.after(failures.incrementAndGet()));
        refs.values().stream().filter(WatchedRef::isOpen).forEach(ref -> tell(ref, ref.unreadable(message)));
    }

    /** How it was reached last. */
    Lane lane() {
        return failures.get() > 0 ? Lane.SLOW : answered ? Lane.USUAL : Lane.NEW;
    }

    /** Looks once, and notifies the followers of changes. */
    void look() {
        try {
            forgetUnwanted();
            var open = refs.values().stream().filter(WatchedRef::isOpen).toList();
            var names = open.stream()
                    .map(WatchedRef::followed)
                    .filter(followed -> !followed.isCommit())
                    .map(Followed::ref)
                    .collect(Collectors.toSet());
            var commits = names.isEmpty() ? Map.<String, String>of() : git.commitsOf(url, names);
            failures.set(0);
            answered = true;
            for (var ref : open) {
                tell(ref, ref.read(commits, git, pace));
            }
        } catch (GitReader.Unreadable e) {
            var message = unreadable(url, e, pace.after(failures.incrementAndGet()));
            refs.values().stream().filter(WatchedRef::isOpen).forEach(ref -> tell(ref, ref.unreadable(message)));
        }
    }

    /** A ref that was never looked at was asked for just now. */
    private void forgetUnwanted() {
        var old = refs.values().stream().filter(WatchedRef::wasLookedAt).toList();
        var still = wanted.refs();
        old.stream()
                .map(WatchedRef::followed)
                .filter(ref -> !still.contains(ref))
                .forEach(ref -> refs.remove(ref.ref()));
    }

    private void tell(WatchedRef ref, boolean news) {
        if (!news) {
            return;
        }
        var followed = ref.followed();
        LOG.atInfo()
                .addKeyValue("url", followed.url())
                .addKeyValue("ref", followed.ref())
                .addKeyValue("seen", ref)
                .log("Source changed");
        try {
            listener.sourceChanged(followed);
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("url", url).setCause(e).log("Nobody could be told of a source");
        }
    }
}
