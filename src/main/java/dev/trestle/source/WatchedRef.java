package dev.trestle.source;

import dev.trestle.core.inputs.FileRecipe;
import dev.trestle.core.plan.SourceView;
import dev.trestle.core.plan.SourceView.Unavailable;
import dev.trestle.core.plan.SourceView.Unresolved;
import dev.trestle.source.Pushed.Place;
import dev.trestle.source.Pushed.Question;
import dev.trestle.source.Pushed.Since;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One followed ref, and what is known of it. One look at a time changes it; anybody may read it. */
final class WatchedRef {
    private final Followed followed;
    /** The Dockerfiles whose text somebody needs. */
    private final Set<String> dockerfiles = ConcurrentHashMap.newKeySet();

    /** What builds ask that build each commit; asked anew after each change of the head. */
    private final Set<Question> questions = ConcurrentHashMap.newKeySet();

    private volatile Seen seen = new Seen.Nothing();
    /** The head that the questions are about. */
    private @Nullable Place asked;

    /** Of the head that it was last asked for. */
    private List<String> history = List.of();

    private volatile boolean lookedAt;
    private int failures;
    private int looksToSkip;
    private String failed = "";

    private sealed interface Seen {
        record Nothing() implements Seen {}

        record Trouble(String message) implements Seen {}

        record At(Head head, Optional<String> gitTag, Pushed pushed) implements Seen {
            /** What a build that has come so far has built. */
            boolean isAt(String since) {
                return since.equals(gitTag.orElse(head.commit()));
            }
        }
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

    /** @return whether a look is needed to tell what was pushed since */
    boolean asks(Question question) {
        return !followed.isCommit()
                && seen instanceof Seen.At at
                && !at.isAt(question.since())
                && at.pushed().answer(question).isEmpty()
                && questions.add(question);
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
        return seen instanceof Seen.At at && !at.head().hasTextsOf(dockerfiles);
    }

    /**
     * @param since what the build has built last, if it builds each commit
     * @param reads of Dockerfiles, as far as they are known
     */
    SourceView view(FileRecipe recipe, Optional<String> since, Head.Reads reads) {
        return switch (seen) {
            case Seen.Nothing _ -> new Unresolved();
            case Seen.Trouble(var message) -> new Unavailable(message);
            case Seen.At at ->
                at.head()
                        .view(recipe, reads)
                        .flatMap(view -> before(at, recipe, since)
                                .<SourceView>map(before ->
                                        view.after(at.gitTag(), before.known()).skipping(before.skipped())))
                        .orElseGet(Unresolved::new);
        };
    }

    private Optional<Since> before(Seen.At at, FileRecipe recipe, Optional<String> since) {
        return since.filter(_ -> !followed.isCommit())
                .filter(last -> !at.isAt(last))
                .map(last -> at.pushed().answer(new Question(recipe, last)))
                .orElse(Optional.of(Since.NOTHING));
    }

    /** @return whether that is news */
    boolean unreadable(String message) {
        return learn(new Seen.Trouble(message));
    }

    /**
     * Reads what a commit holds. One that could not be read is left alone for ever more looks.
     *
     * @param commits of all refs that were asked for and that there are
     * @param reads of Dockerfiles; waits for them
     * @return whether there are news
     */
    boolean read(Map<String, String> commits, GitReader git, Head.Reads reads, Pace pace) {
        var places = RefPlaces.of(followed, commits);
        if (places.head().isEmpty()) {
            return learn(new Seen.Trouble(places.missing()));
        }
        var place = places.head().get();
        if (place.commit().equals(failed) && looksToSkip > 0) {
            looksToSkip--;
            return false;
        }
        try {
            var now = at(place, places, git, reads);
            failures = 0;
            failed = "";
            return learn(now);
        } catch (GitReader.Unreadable e) {
            failures = place.commit().equals(failed) ? failures + 1 : 1;
            failed = place.commit();
            looksToSkip = pace.periodsAfter(failures) - 1;
            return learn(new Seen.Trouble(WatchedRepository.unreadable(followed.url(), e, pace.after(failures))));
        }
    }

    private Seen.At at(Place place, RefPlaces places, GitReader git, Head.Reads reads) throws GitReader.Unreadable {
        var head = headAt(place.commit(), git);
        var stays = seen instanceof Seen.At at
                && at.head().commit().equals(place.commit())
                && at.gitTag().equals(place.gitTag());
        var pushed = stays && seen instanceof Seen.At at ? at.pushed() : Pushed.NOTHING;
        if (!place.equals(asked)) {
            questions.clear();
            asked = place;
        }
        return new Seen.At(
                head,
                place.gitTag(),
                pushed.answering(
                        Set.copyOf(questions),
                        since -> places.since(since, commit -> historyOf(commit, git)),
                        (commit, needed) -> pastHead(commit, needed, git),
                        reads));
    }

    /** A commit that has not moved is not read again, but for Dockerfiles that are asked for since. */
    private Head headAt(String commit, GitReader git) throws GitReader.Unreadable {
        var known = seen instanceof Seen.At at && at.head().commit().equals(commit)
                ? at.head()
                : Head.of(commit, git.treeOf(followed.url(), commit));
        return known.with(Set.copyOf(dockerfiles), objectId -> git.textOf(followed.url(), objectId));
    }

    private List<String> historyOf(String commit, GitReader git) throws GitReader.Unreadable {
        if (history.isEmpty() || !history.getFirst().equals(commit)) {
            history = git.historyOf(followed.url(), commit);
        }
        return history;
    }

    private Head pastHead(String commit, Set<String> needed, GitReader git) throws GitReader.Unreadable {
        return Head.of(commit, git.treeOf(followed.url(), commit))
                .with(needed, objectId -> git.textOf(followed.url(), objectId));
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
            case Seen.At at ->
                at.gitTag().map(tag -> tag + " at ").orElse("") + at.head().commit();
        };
    }
}
