package dev.trestle.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.api.BuildArg;
import dev.trestle.api.Input;
import dev.trestle.core.inputs.FileInputs;
import dev.trestle.core.inputs.FileRecipe;
import dev.trestle.core.inputs.Selections;
import dev.trestle.core.inputs.SourceTree;
import dev.trestle.core.plan.SourceView;
import dev.trestle.core.plan.SourceView.Known;
import dev.trestle.core.plan.SourceView.Unavailable;
import dev.trestle.core.plan.SourceView.Unresolved;
import dev.trestle.dockerfile.KnownReads;
import dev.trestle.dockerfile.ReaderProgram;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceWatchTest {
    private static final String URL = "https://git.example/acme/app.git";
    private static final RepositoryAddress ADDRESS = RepositoryAddress.of(URL).orElseThrow();
    private static final Followed MAIN = new Followed(URL, "refs/heads/main");
    private static final Followed NEXT = new Followed(URL, "refs/heads/next");

    private static final FileRecipe RECIPE = new FileRecipe(List.of("src/**"), "Dockerfile", ".", List.of());

    private static final FileRecipe OTHER = new FileRecipe(List.of(), "src/main.c", ".", List.of());

    private final FakeServer heads = new FakeServer();
    private final HandCranked time = new HandCranked();
    private final List<Followed> told = new ArrayList<>();
    private final Set<FileRecipe> recipes = new HashSet<>(Set.of(RECIPE, OTHER));
    private Set<Followed> wanted = Set.of(MAIN, NEXT);
    private Optional<RuntimeException> failure = Optional.empty();
    private double chance = 0.5;
    private Duration period = Duration.ofSeconds(60);
    private final SourceWatch watch = watch();

    private SourceWatch watch() {
        var now = new WantedNow(
                () -> Objects.requireNonNull(wanted, "no recipes are wanted yet"), () -> Set.copyOf(recipes));
        return new SourceWatch(
                heads,
                new KnownReads(ReaderProgram::reads, time),
                new Pace(() -> period, () -> chance),
                now,
                time,
                Workers.DIRECT,
                followed -> {
                    told.add(followed);
                    failure.ifPresent(cause -> {
                        throw cause;
                    });
                });
    }

    @Test
    void whoAsksFirstDoesNotWaitForGit() {
        heads.at(MAIN, "1f3a");

        assertThat(watch.viewOf(MAIN, RECIPE, Optional.empty())).isEqualTo(new Unresolved());
        assertThat(heads.asked).isEmpty();
    }

    @Test
    void theFirstLookIsAtOnceAndIsTold() {
        heads.at(MAIN, "1f3a");

        assertThat(after(Duration.ZERO)).isEqualTo(at("1f3a"));
        assertThat(told).containsExactly(MAIN);
    }

    @Test
    void aRefThatStandsStillIsAskedOnceAPeriodAndTellsNobody() {
        known("1f3a");

        assertThat(after(period.multipliedBy(3))).isEqualTo(at("1f3a"));
        assertThat(heads.asked).hasSize(4).containsOnly(MAIN);
        assertThat(told).isEmpty();
    }

    @Test
    void aRefThatMovesIsToldOnceAtTheNextLook() {
        known("1f3a");
        heads.at(MAIN, "9c0d");

        assertThat(after(period.minusMillis(1))).isEqualTo(at("1f3a"));
        assertThat(after(Duration.ofMillis(1))).isEqualTo(at("9c0d"));
        assertThat(told).containsExactly(MAIN);
    }

    @Test
    void manyBuildsOfOneRefAskOnce() {
        heads.at(MAIN, "1f3a");
        for (var build = 0; build < 100; build++) {
            watch.viewOf(MAIN, RECIPE, Optional.empty());
        }
        time.advance(Duration.ZERO);

        assertThat(heads.asked).containsExactly(MAIN);
    }

    @Test
    void allRefsOfARepositoryAreAskedForTogether() {
        heads.at(MAIN, "1f3a");
        heads.at(NEXT, "9c0d");
        watch.viewOf(MAIN, RECIPE, Optional.empty());
        watch.viewOf(NEXT, RECIPE, Optional.empty());
        time.advance(Duration.ZERO);

        assertThat(watch.viewOf(MAIN, RECIPE, Optional.empty())).isEqualTo(at("1f3a"));
        assertThat(watch.viewOf(NEXT, RECIPE, Optional.empty())).isEqualTo(at("9c0d"));
        assertThat(heads.questions).isEqualTo(1);
    }

    @Test
    void aRefThatIsFollowedLaterIsLookedAtAtOnce() {
        known("1f3a");
        heads.at(NEXT, "9c0d");
        watch.viewOf(NEXT, RECIPE, Optional.empty());
        time.advance(Duration.ZERO);

        assertThat(watch.viewOf(NEXT, RECIPE, Optional.empty())).isEqualTo(at("9c0d"));
        assertThat(told).containsExactly(NEXT);
    }

    @Test
    void aCommitThatCannotBeReadIsNoTroubleOfOtherRefs() {
        var pinned = new Followed(URL, "dead".repeat(10));
        wanted = Set.of(MAIN, pinned);
        heads.lost.add(pinned.ref());
        heads.at(MAIN, "1f3a");
        watch.viewOf(pinned, RECIPE, Optional.empty());

        assertThat(after(Duration.ZERO)).isEqualTo(at("1f3a"));
        assertThat(watch.viewOf(pinned, RECIPE, Optional.empty())).isInstanceOf(Unavailable.class);
        heads.at(MAIN, "9c0d");
        assertThat(after(period)).isEqualTo(at("9c0d"));
    }

    @Test
    void aCommitThatCannotBeReadIsTriedEverMoreSeldom() {
        var pinned = new Followed(URL, "dead".repeat(10));
        wanted = Set.of(pinned);
        heads.lost.add(pinned.ref());
        watch.viewOf(pinned, RECIPE, Optional.empty());
        time.advance(period.multipliedBy(60));

        assertThat(heads.trees).hasSize(9); // after 0, 1, 3, 7, 15, 25, 35, 45, 55 periods
    }

    @Test
    void aRefThatDoesNotExistIsNamed() {
        assertThat(after(Duration.ZERO))
                .isEqualTo(new Unavailable(
                        "Repository '%s' has no ref 'refs/heads/main'. Push it, or correct 'spec.source.git.ref'."
                                .formatted(URL)));
    }

    @Test
    void aRefThatIsPushedLaterIsFound() {
        assertThat(after(Duration.ZERO)).isInstanceOf(Unavailable.class);
        heads.at(MAIN, "1f3a");

        assertThat(after(period)).isEqualTo(at("1f3a"));
        assertThat(told).containsExactly(MAIN, MAIN);
    }

    @Test
    void aRepositoryThatCannotBeReadSaysWhyAndWhenItIsTriedAgain() {
        heads.unreadable(MAIN, "no route to host");

        assertThat(after(Duration.ZERO))
                .isEqualTo(new Unavailable(
                        "Repository '%s' cannot be read: no route to host. It is tried again in about 60 s."
                                .formatted(URL)));
    }

    @Test
    void anOutageIsToldWhenItBeginsAndWhenItEnds() {
        known("1f3a");
        heads.unreadable(MAIN, "no route to host");
        assertThat(after(period)).isInstanceOf(Unavailable.class);
        assertThat(told).containsExactly(MAIN);

        heads.at(MAIN, "1f3a");
        assertThat(after(period)).isEqualTo(at("1f3a"));
        assertThat(told).containsExactly(MAIN, MAIN);
    }

    @Test
    void aRepositoryThatCannotBeReadIsLookedAtEverMoreSeldomUntilItCanBeAgain() {
        known("1f3a");
        heads.unreadable(MAIN, "no route to host");
        heads.asked.clear();
        time.advance(period.multipliedBy(48));
        assertThat(heads.asked).hasSize(8); // after 1, 2, 4, 8, 16, 26, 36, 46 periods
        assertThat(watch.viewOf(MAIN, RECIPE, Optional.empty()))
                .isEqualTo(new Unavailable(
                        "Repository '%s' cannot be read: no route to host. It is tried again in about 600 s."
                                .formatted(URL)));

        heads.at(MAIN, "1f3a");
        time.advance(period.multipliedBy(8));
        heads.asked.clear();
        time.advance(period.multipliedBy(3));
        assertThat(heads.asked).hasSize(3);
    }

    @ParameterizedTest(name = "after {1} failures, with a period of {0} s: {2} s")
    @CsvSource({
        "60, 0, 60",
        "60, 1, 60",
        "60, 2, 120",
        "60, 3, 240",
        "60, 4, 480",
        "60, 5, 600",
        "60, 99, 600",
        "1800, 0, 1800",
        "1800, 1, 1800",
        "1800, 2, 3600",
        "1800, 9, 3600",
        "3600, 0, 3600",
        "3600, 9, 3600",
    })
    void pauses(long period, int failures, long seconds) {
        var pace = new Pace(() -> Duration.ofSeconds(period), () -> 0.5);
        assertThat(pace.after(failures)).hasSeconds(seconds);
        assertThat(pace.atRandomAfter(failures)).hasSeconds(seconds);
    }

    @ParameterizedTest(name = "{0}: {1} s")
    @CsvSource({"0, 54", "0.25, 57", "1, 66"})
    void looksDriftApart(double chance, long seconds) {
        assertThat(new Pace(() -> period, () -> chance).atRandomAfter(0)).hasSeconds(seconds);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"https://git.example/acme/app", "ssh://git@git.example:2222/Acme/App.git"})
    void whoIsToldOfAPushLooksAtOnce(String url) {
        known("1f3a");
        time.advance(Duration.ofSeconds(10));
        heads.at(MAIN, "9c0d");

        assertThat(watch.lookAt(Set.of(RepositoryAddress.of(url).orElseThrow())))
                .isEqualTo(1);
        assertThat(after(Duration.ZERO)).isEqualTo(at("9c0d"));
    }

    @Test
    void whoIsToldOfManyPushesLooksOnceInTwoSeconds() {
        known("1f3a");
        time.advance(Duration.ofSeconds(10));
        heads.asked.clear();
        for (var push = 0; push < 30; push++) {
            watch.lookAt(Set.of(ADDRESS));
            time.advance(Duration.ofMillis(100));
        }

        assertThat(heads.asked).hasSize(2);
        time.advance(Duration.ofSeconds(10)); // the last of them is seen too
        assertThat(heads.asked).hasSize(3);
    }

    @Test
    void aLookOutOfTurnIsInPlaceOfTheNextOne() {
        known("1f3a");
        time.advance(Duration.ofSeconds(10));
        watch.lookAt(Set.of(ADDRESS));
        time.advance(Duration.ZERO);
        heads.asked.clear();

        time.advance(period.multipliedBy(5));
        assertThat(heads.asked).hasSize(5);
    }

    @Test
    void whoIsToldOfARepositoryThatNobodyFollowsDoesNothing() {
        known("1f3a");
        heads.asked.clear();
        time.advance(Duration.ofSeconds(10));

        assertThat(watch.lookAt(Set.of(new RepositoryAddress("git.example/acme/other"))))
                .isZero();
        time.advance(Duration.ZERO);
        assertThat(heads.asked).isEmpty();
    }

    @Test
    void whatIsKeptOfARepositoryThatNobodyFollowsGoes() {
        known("1f3a");
        assertThat(heads.forgotten).isEmpty();
        wanted = Set.of();
        time.advance(period);

        assertThat(heads.forgotten).containsExactly(URL);
    }

    @Test
    void anotherPeriodHoldsFromTheNextLookOn() {
        known("1f3a");
        period = Duration.ofSeconds(5);
        after(Duration.ofSeconds(60));
        heads.asked.clear();

        after(Duration.ofSeconds(10));
        assertThat(heads.asked).hasSize(2);
    }

    @Test
    void aRefThatNoBuildFollowsIsNotAskedForAgain() {
        known("1f3a");
        heads.asked.clear();
        wanted = Set.of(NEXT);

        time.advance(period.multipliedBy(3));
        assertThat(heads.asked).isEmpty();
    }

    @Test
    void aForgottenRefBeginsAnewWhenABuildFollowsItAgain() {
        known("1f3a");
        wanted = Set.of();
        time.advance(period);
        wanted = Set.of(MAIN);
        heads.at(MAIN, "9c0d");

        assertThat(watch.viewOf(MAIN, RECIPE, Optional.empty())).isEqualTo(new Unresolved());
        assertThat(after(Duration.ZERO)).isEqualTo(at("9c0d"));
    }

    @Test
    void aLookThatBreaksIsNotTheLast() {
        known("1f3a");
        heads.broken = true;
        time.advance(period);
        heads.broken = false;
        heads.at(MAIN, "9c0d");

        assertThat(after(period)).isEqualTo(at("9c0d"));
    }

    @Test
    void aFirstLookThatBreaksIsNotTheLast() {
        heads.broken = true;
        assertThat(after(Duration.ZERO)).isInstanceOf(Unavailable.class);
        heads.broken = false;
        heads.at(MAIN, "1f3a");

        assertThat(after(period)).isEqualTo(at("1f3a"));
    }

    @Test
    void whoeverFailsToHearOfAChangeDoesNotEndTheFollowing() {
        known("1f3a");
        failure = Optional.of(new IllegalStateException("no ears"));
        heads.at(MAIN, "9c0d");
        time.advance(period);
        heads.at(MAIN, "77be");

        assertThat(after(period)).isEqualTo(at("77be"));
        assertThat(told).containsExactly(MAIN, MAIN);
    }

    @Test
    @SuppressWarnings("NullAway") // a supplier that fails
    void aRefStaysFollowedWhileNobodyCanTellWhatIsWanted() {
        known("1f3a");
        wanted = null;
        time.advance(period);
        wanted = Set.of(MAIN);
        heads.at(MAIN, "9c0d");

        assertThat(after(period)).isEqualTo(at("9c0d"));
    }

    @Test
    void aCommitThatStaysIsReadOnce() {
        known("1f3a");

        assertThat(after(period.multipliedBy(3))).isEqualTo(at("1f3a"));
        assertThat(heads.trees).containsExactly("1f3a");
        assertThat(heads.texts).containsExactly("d0");
    }

    @Test
    void anotherDockerfileOfAKnownCommitIsReadForWhoAsks() {
        known("1f3a");
        assertThat(watch.viewOf(MAIN, OTHER, Optional.empty())).isEqualTo(new Unresolved());
        time.advance(Duration.ZERO);
        assertThat(watch.viewOf(MAIN, OTHER, Optional.empty()))
                .isEqualTo(new Known(
                        "1f3a",
                        Optional.empty(),
                        FileInputs.of(OTHER, new Selections("1f3a", treeOf("1f3a")), Optional.empty())
                                .inputs()));
        assertThat(watch.viewOf(MAIN, RECIPE, Optional.empty())).isEqualTo(at("1f3a"));
        assertThat(told).containsExactly(MAIN);
        assertThat(heads.asked).as("the server was asked for the ref once").hasSize(1);
    }

    @Test
    void whoeverEditsABuildDoesNotPutOffTheNextLook() {
        known("1f3a");
        heads.at(MAIN, "9c0d");
        time.advance(period.minusMillis(1));
        watch.viewOf(MAIN, OTHER, Optional.empty());

        assertThat(after(Duration.ofMillis(1))).isEqualTo(at("9c0d"));
    }

    @Test
    void aRecipeThatNoBuildHasAnyMoreIsForgotten() {
        known("1f3a");
        watch.viewOf(MAIN, OTHER, Optional.empty());
        time.advance(Duration.ZERO);
        recipes.remove(OTHER);
        time.advance(period);

        assertThat(watch.viewOf(MAIN, OTHER, Optional.empty())).isEqualTo(new Unresolved());
        assertThat(watch.viewOf(MAIN, RECIPE, Optional.empty())).isEqualTo(at("1f3a"));
    }

    @Test
    void recipesThatNoBuildHasAreForgottenBeforeTheyTakeMuch() {
        known("1f3a");
        for (var edit = 0; edit < 2000; edit++) {
            var value = "%04d".formatted(edit).repeat(1000);
            watch.viewOf(
                    MAIN,
                    new FileRecipe(List.of(), "Dockerfile", ".", List.of(new BuildArg("A", value))),
                    Optional.empty());
        }
        heads.trees.clear();
        time.advance(Duration.ZERO);

        assertThat(watch.viewOf(MAIN, RECIPE, Optional.empty())).isEqualTo(at("1f3a"));
        assertThat(heads.trees)
                .as("readings for those that are left, some at a time")
                .hasSizeLessThan(10);
    }

    @Test
    void anErrorInALookIsToldOfItsRepositoryAndIsNotTheLast() {
        known("1f3a");
        heads.overflows = true;
        heads.at(MAIN, "9c0d");

        assertThat(after(period))
                .isEqualTo(new Unavailable(
                        "Repository '%s' cannot be read: java.lang.StackOverflowError. It is tried again in about 60 s."
                                .formatted(URL)));
        heads.overflows = false;
        assertThat(after(period)).isEqualTo(at("9c0d"));
    }

    @Test
    void theFilesThatTheDockerfileNamesAreKnownWithTheCommit() {
        heads.at(MAIN, "1f3a");
        heads.text = Optional.of("FROM scratch\nCOPY docs /\n");

        assertThat(after(Duration.ZERO))
                .isInstanceOfSatisfying(
                        Known.class,
                        known -> assertThat(known.files())
                                .extracting(Input::name)
                                .contains("src/**", "docs"));
    }

    @Test
    void aPinnedCommitIsReadWithoutLookingForIt() {
        var pinned = new Followed(URL, "9c0d".repeat(10));
        wanted = Set.of(pinned);
        watch.viewOf(pinned, RECIPE, Optional.empty());
        time.advance(period.multipliedBy(2));

        assertThat(watch.viewOf(pinned, RECIPE, Optional.empty())).isEqualTo(at("9c0d".repeat(10)));
        assertThat(heads.asked).isEmpty();
        assertThat(heads.trees).containsExactly("9c0d".repeat(10));
    }

    @Test
    void aFileThatCannotBeReadIsToldAndTriedAgain() {
        heads.at(MAIN, "1f3a");
        heads.textsAreUnreadable = true;
        assertThat(after(Duration.ZERO)).isInstanceOf(Unavailable.class);

        heads.textsAreUnreadable = false;
        assertThat(after(period)).isEqualTo(at("1f3a"));
    }

    @Test
    void aClosedWatchAsksNoMore() {
        known("1f3a");
        heads.asked.clear();
        watch.close();

        time.advance(period.multipliedBy(3));
        assertThat(heads.asked).isEmpty();
    }

    private SourceView after(Duration passed) {
        watch.viewOf(MAIN, RECIPE, Optional.empty());
        time.advance(passed);
        return watch.viewOf(MAIN, RECIPE, Optional.empty());
    }

    private static SourceTree treeOf(String commit) {
        return SourceTree.of(Map.of("Dockerfile", "d0", "src/main.c", commit));
    }

    private static Known at(String commit) {
        return new Known(
                commit,
                Optional.empty(),
                FileInputs.of(RECIPE, new Selections(commit, treeOf(commit)), Optional.empty())
                        .inputs());
    }

    private void known(String commit) {
        heads.at(MAIN, commit);
        assertThat(after(Duration.ZERO)).isEqualTo(at(commit));
        told.clear();
    }

    /** A server with refs, and with reasons not to answer. */
    private static final class FakeServer implements GitReader {
        private final Map<Followed, String> commits = new HashMap<>();
        private final Map<Followed, String> outages = new HashMap<>();
        private final List<Followed> asked = new ArrayList<>();
        private final List<String> trees = new ArrayList<>();
        private final List<String> texts = new ArrayList<>();
        private final Set<String> lost = new HashSet<>();
        private final List<String> forgotten = new ArrayList<>();
        private final List<String> histories = new ArrayList<>();
        private List<String> history = List.of();
        private int questions;
        private boolean broken;
        private boolean overflows;
        private Optional<String> text = Optional.empty();
        private boolean textsAreUnreadable;

        void at(Followed followed, String commit) {
            outages.remove(followed);
            commits.put(followed, commit);
        }

        void unreadable(Followed followed, String cause) {
            outages.put(followed, cause);
        }

        @Override
        public Map<String, String> commitsOf(String url, Set<String> refs) throws Unreadable {
            questions++;
            var found = new HashMap<String, String>();
            for (var ref : refs) {
                var followed = new Followed(url, ref);
                asked.add(followed);
                if (broken) {
                    throw new IllegalStateException("port out of range");
                }
                if (outages.containsKey(followed)) {
                    throw new Unreadable(outages.get(followed), new IOException());
                }
                var prefix = ref.replaceFirst("\\*.*", "");
                commits.forEach((place, commit) -> {
                    if (place.equals(followed)
                            || (ref.contains("*") && place.ref().startsWith(prefix))) {
                        found.put(place.ref(), commit);
                    }
                });
            }
            return found;
        }

        @Override
        public SourceTree treeOf(String url, String commit) throws Unreadable {
            trees.add(commit);
            if (overflows) {
                throw new StackOverflowError();
            }
            if (lost.contains(commit)) {
                throw new Unreadable("not our ref", new IOException());
            }
            return SourceWatchTest.treeOf(commit);
        }

        @Override
        public List<String> historyOf(String url, String commit) {
            histories.add(commit);
            return history.contains(commit)
                    ? history.subList(history.indexOf(commit), history.size())
                    : List.of(commit);
        }

        @Override
        public void forget(String url) {
            forgotten.add(url);
        }

        @Override
        public Optional<String> textOf(String url, String objectId) throws Unreadable {
            texts.add(objectId);
            if (textsAreUnreadable) {
                throw new Unreadable("connection reset", new IOException());
            }
            return text;
        }
    }
}
