package dev.trestle.source;

import dev.trestle.core.inputs.FileRecipe;
import dev.trestle.core.plan.SourceView;
import dev.trestle.core.plan.SourceView.Unavailable;
import dev.trestle.core.plan.SourceView.Unresolved;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One followed ref, and what is known of it. One look at a time changes it; anybody may read it. */
final class WatchedRef {
    private final Followed followed;
    /** The Dockerfiles whose text somebody needs. */
    private final Set<String> dockerfiles = ConcurrentHashMap.newKeySet();

    private volatile Seen seen = new Seen.Nothing();
    private volatile boolean lookedAt;
    private int failures;
    private int looksToSkip;
    private String failed = "";

    private sealed interface Seen {
        record Nothing() implements Seen {}

        record Trouble(String message) implements Seen {}

        record At(Head head) implements Seen {}
    }

    WatchedRef(Followed followed) {
        this.followed = followed;
    }

    Followed followed() {
        return followed;
    }

    /** @return whether the text of this Dockerfile is needed for the first time */
    boolean needs(String dockerfile) {
        return dockerfiles.add(dockerfile);
    }

    boolean wasLookedAt() {
        return lookedAt;
    }

    /** Whether a look at it may bring something: a pinned commit stays as it is. */
    boolean isOpen() {
        return !followed.isCommit() || lacksText() || !(seen instanceof Seen.At);
    }

    /** Whether a Dockerfile has been asked for since the last look. */
    boolean lacksText() {
        return seen instanceof Seen.At(var head) && !head.hasTextsOf(dockerfiles);
    }

    SourceView view(FileRecipe recipe) {
        return switch (seen) {
            case Seen.Nothing _ -> new Unresolved();
            case Seen.Trouble(var message) -> new Unavailable(message);
            case Seen.At(var head) ->
                head.view(recipe).<SourceView>map(view -> view).orElseGet(Unresolved::new);
        };
    }

    /** @return whether that is news */
    boolean unreadable(String message) {
        return learn(new Seen.Trouble(message));
    }

    /**
     * Reads what a commit holds. One that could not be read is left alone for ever more looks.
     *
     * @param commit that the ref is at; empty when there is no such ref
     * @return whether there are news
     */
    boolean read(Optional<String> commit, GitReader git, Pace pace) {
        if (commit.isEmpty()) {
            return learn(new Seen.Trouble("Repository '%s' has no ref '%s'. Push it, or correct 'spec.source.git.ref'."
                    .formatted(followed.url(), followed.ref())));
        }
        if (commit.get().equals(failed) && looksToSkip > 0) {
            looksToSkip--;
            return false;
        }
        try {
            var now = new Seen.At(headAt(commit.get(), git));
            failures = 0;
            failed = "";
            return learn(now);
        } catch (GitReader.Unreadable e) {
            failures = commit.get().equals(failed) ? failures + 1 : 1;
            failed = commit.get();
            looksToSkip = pace.periodsAfter(failures) - 1;
            return learn(new Seen.Trouble(WatchedRepository.unreadable(followed.url(), e, pace.after(failures))));
        }
    }

    /** A commit that has not moved is not read again, but for Dockerfiles that are asked for since. */
    private Head headAt(String commit, GitReader git) throws GitReader.Unreadable {
        var known = seen instanceof Seen.At(var head) && head.commit().equals(commit)
                ? head
                : Head.of(commit, git.treeOf(followed.url(), commit));
        return known.with(Set.copyOf(dockerfiles), objectId -> git.textOf(followed.url(), objectId));
    }

    private boolean learn(Seen now) {
        lookedAt = true;
        var news = !seen.equals(now);
        seen = now;
        return news;
    }

    @Override
    public String toString() {
        return switch (seen) {
            case Seen.Nothing _ -> "nothing";
            case Seen.Trouble(var message) -> message;
            case Seen.At(var head) -> head.commit();
        };
    }
}
