package dev.trestle.source;

import dev.trestle.core.dockerfile.DockerfileReads;
import dev.trestle.core.dockerfile.DockerfileRequest;
import dev.trestle.core.inputs.FileRecipe;
import dev.trestle.core.plan.SourceView;
import dev.trestle.core.plan.SourceView.Unavailable;
import dev.trestle.core.plan.SourceView.Unresolved;
import dev.trestle.source.Pushed.Place;
import dev.trestle.source.Pushed.Question;
import dev.trestle.source.Pushed.Since;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One followed ref, and its observed state. One look at a time changes it; every thread may read it. */
final class WatchedRef {
    private final Followed followed;
    private final Supplier<Set<FileRecipe>> wanted;
    private final Function<DockerfileRequest, DockerfileReads> reads;
    private final Recipes recipes = new Recipes();

    /** Requests of builds that build each commit; asked again after each change of the head. */
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

    /**
     * @param wanted the recipes of all builds that follow it now
     * @param reads finds the reads of a Dockerfile
     */
    WatchedRef(
            Followed followed, Supplier<Set<FileRecipe>> wanted, Function<DockerfileRequest, DockerfileReads> reads) {
        this.reads = reads;
        this.followed = followed;
        this.wanted = wanted;
    }

    Followed followed() {
        return followed;
    }

    /** @return whether the files of this recipe are asked for the first time */
    boolean needs(FileRecipe recipe) {
        return recipes.add(recipe, wanted);
    }

    /** @return whether a look is needed to find the commits since */
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
        return !followed.isCommit() || lacksFiles() || !(seen instanceof Seen.At);
    }

    /** Whether it has been read, and a recipe asked for since. */
    boolean lacksFiles() {
        return seen instanceof Seen.At at && !recipes.areAmong(at.files().keySet());
    }

    /** Whether the server has to be asked before the next question is answered. */
    boolean needsServer() {
        return !lookedAt || (seen instanceof Seen.At at && !at.pushed().answers(questions));
    }

    /** @param since the last built commit, if the build builds each commit */
    SourceView view(FileRecipe recipe, Optional<String> since) {
        return switch (seen) {
            case Seen.Nothing _ -> new Unresolved();
            case Seen.Trouble(var message) -> new Unavailable(message);
            case Seen.At at -> view(at, recipe, since);
        };
    }

    private SourceView view(Seen.At at, FileRecipe recipe, Optional<String> since) {
        return switch (at.files().getOrDefault(recipe, new Unresolved())) {
            case SourceView.Known known ->
                before(at, recipe, since)
                        .<SourceView>map(before ->
                                known.after(at.gitTag(), before.known()).skipping(before.skipped()))
                        .orElseGet(Unresolved::new);
            case Unresolved nothing -> nothing;
            case Unavailable trouble -> trouble;
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
     * Reads the files of a commit. One that could not be read is left alone for ever more looks.
     *
     * @param commits of all refs that were asked for and that there are
     * @return whether there are news
     */
    boolean read(Map<String, String> commits, GitReader git, Pace pace) {
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
            recipes.keep(wanted.get());
            var now = at(place, places, git);
            failures = 0;
            failed = "";
            return learn(now);
        } catch (GitReader.Unreadable e) {
            return fails(place.commit(), e, pace);
        }
    }

    /** Recipes that have been asked for since the last look. */
    Set<FileRecipe> unanswered(int most) {
        return seen instanceof Seen.At at
                ? recipes.all().stream()
                        .filter(recipe -> !at.files().containsKey(recipe))
                        .limit(most)
                        .collect(Collectors.toSet())
                : Set.of();
    }

    /**
     * Works out the files of these recipes, of the commit that is known.
     *
     * @return whether the commit could be read
     */
    boolean fill(Set<FileRecipe> more, GitReader git, Pace pace) {
        if (!(seen instanceof Seen.At at)) {
            return false;
        }
        try {
            var files = new HashMap<>(at.files());
            files.putAll(CommitFiles.of(reading(at.commit(), git), more, Map.of()));
            var _ = learn(new Seen.At(at.commit(), at.gitTag(), Map.copyOf(files), at.pushed()));
            return true;
        } catch (GitReader.Unreadable e) {
            var _ = fails(at.commit(), e, pace);
            return false;
        }
    }

    private boolean fails(String commit, GitReader.Unreadable why, Pace pace) {
        failures = commit.equals(failed) ? failures + 1 : 1;
        failed = commit;
        looksToSkip = pace.periodsAfter(failures) - 1;
        return learn(new Seen.Trouble(WatchedRepository.unreadable(followed.url(), why, pace.after(failures))));
    }

    private Seen.At at(Place place, RefPlaces places, GitReader git) throws GitReader.Unreadable {
        var before = seen instanceof Seen.At at && at.commit().equals(place.commit())
                ? Optional.of(at)
                : Optional.<Seen.At>empty();
        var files = CommitFiles.of(
                reading(place.commit(), git),
                recipes.all(),
                before.map(Seen.At::files).orElse(Map.of()));
        var pushed = before.filter(at -> at.gitTag().equals(place.gitTag()))
                .map(Seen.At::pushed)
                .orElse(Pushed.NOTHING);
        if (!place.equals(asked)) {
            questions.clear();
            asked = place;
        }
        return new Seen.At(
                place.commit(),
                place.gitTag(),
                files,
                pushed.answering(
                        Set.copyOf(questions),
                        since -> places.since(since, commit -> historyOf(commit, git)),
                        commit -> reading(commit, git)));
    }

    private CommitFiles reading(String commit, GitReader git) {
        return new CommitFiles(git, reads, followed.url(), commit);
    }

    private List<String> historyOf(String commit, GitReader git) throws GitReader.Unreadable {
        if (history.isEmpty() || !history.getFirst().equals(commit)) {
            history = git.historyOf(followed.url(), commit);
        }
        return history;
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
            case Seen.At at -> at.gitTag().map(tag -> tag + " at ").orElse("") + at.commit();
        };
    }
}
