package dev.trestle.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.core.inputs.FileRecipe;
import dev.trestle.core.plan.SourceView;
import dev.trestle.core.plan.SourceView.Known;
import dev.trestle.core.plan.SourceView.Unavailable;
import dev.trestle.core.plan.SourceView.Unresolved;
import dev.trestle.dockerfile.KnownReads;
import dev.trestle.dockerfile.ReaderProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of a ref after more than one push, and of a pattern of tags, from a git server by HTTP. */
class PushesTest {
    private static final FileRecipe RECIPE = new FileRecipe(List.of("src"), "Dockerfile", ".", List.of());
    private static final Duration PERIOD = Duration.ofSeconds(60);

    private final GitServer server;
    private final Followed main;
    private final Followed releases;
    private final HandCranked time = new HandCranked();
    private final List<Followed> told = new ArrayList<>();
    private final SourceWatch watch;

    PushesTest(@TempDir Path folder) throws Exception {
        server = new GitServer(Files.createDirectories(folder.resolve("server")));
        server.serves("allowFilter", true);
        server.serves("allowAnySHA1InWant", true);
        main = new Followed(server.url(), GitServer.REF);
        releases = new Followed(server.url(), "refs/tags/v*");
        var reader = new JGitReader(folder.resolve("mirrors"), Limits.USUAL, GitServer.listing(server.host()));
        watch = new SourceWatch(
                reader,
                new KnownReads(ReaderProgram::reads, time),
                new Pace(() -> PERIOD, () -> 0.5),
                new WantedNow(() -> Set.of(main, releases), () -> Set.of(RECIPE)),
                time,
                Workers.DIRECT,
                told::add);
    }

    @AfterEach
    void close() {
        watch.close();
        server.close();
    }

    @Test
    void theHighestVersionIsTheHeadWhateverCameLast() throws Exception {
        server.commit("src", "one");
        server.tag("v1.9");
        var ten = server.commit("src", "two");
        server.tag("v1.10");
        server.commit("src", "three");
        server.tag("v1.9.1");
        server.tag("v2.0.0-rc1");
        server.tag("vNext");

        assertThat(known(releases)).satisfies(head -> {
            assertThat(head.gitTag()).hasValue("v1.10");
            assertThat(head.revision()).isEqualTo(ten);
        });
    }

    @Test
    void branchAndReleasesAreAskedForTogether() throws Exception {
        server.commit("src", "one");
        server.tag("v1");
        known(releases);
        known(main);
        var before = server.requests().size();
        time.advance(PERIOD);

        assertThat(server.requests().subList(before, server.requests().size()))
                .hasSize(2)
                .noneMatch(request -> request.contains("receive"));
    }

    @Test
    void anotherTagOfTheSameCommitIsNews() throws Exception {
        var commit = server.commit("src", "one");
        server.tag("v1");
        known(releases);
        told.clear();
        server.tag("v1.0.1");
        time.advance(PERIOD);

        assertThat(told).containsExactly(releases);
        assertThat(known(releases).gitTag()).hasValue("v1.0.1");
        assertThat(known(releases).revision()).isEqualTo(commit);
    }

    @Test
    void aTagThatIsMovedIsAtItsNewCommit() throws Exception {
        server.commit("src", "one");
        server.tag("v1");
        known(releases);
        var moved = server.commit("src", "two");
        server.tag("v1");
        time.advance(PERIOD);

        assertThat(known(releases).revision()).isEqualTo(moved);
    }

    @Test
    void tagsThatAreNoVersionAreNamedAsMissing() throws Exception {
        server.commit("src", "one");
        server.tag("v2.0.0-rc1");
        server.tag("vfoo");
        look(releases, Optional.empty());

        assertThat(look(releases, Optional.empty()))
                .isInstanceOfSatisfying(
                        Unavailable.class,
                        trouble -> assertThat(trouble.message())
                                .startsWith("Repository '%s' has no tag 'refs/tags/v*' with a version"
                                        .formatted(server.url())));
    }

    @Test
    void whoeverHasBuiltTheHeadIsToldOfNothingBefore() throws Exception {
        server.commit("src", "one");
        var head = server.commit("src", "two");

        assertThat(settled(main, head).before()).isEmpty();
    }

    @Test
    void whatWasPushedSinceIsToldInItsOrder() throws Exception {
        var built = server.commit("src", "one");
        known(main);
        var second = server.commit("src", "two");
        var third = server.commit("README", "no matter");
        var head = server.commit("src", "three");
        time.advance(PERIOD);

        assertThat(watch.viewOf(main, RECIPE, Optional.of(built))).isEqualTo(new Unresolved());
        var known = settled(main, built);
        assertThat(known.revision()).isEqualTo(head);
        assertThat(known.before()).extracting(Known::revision).containsExactly(second, third);
        assertThat(known.before().getFirst().files())
                .isEqualTo(known.before().getLast().files())
                .isNotEqualTo(known.files());
    }

    @Test
    void anOperatorThatWasAwayLearnsItToo() throws Exception {
        var built = server.commit("src", "one");
        var second = server.commit("src", "two");
        server.commit("src", "three");

        assertThat(settled(main, built).before()).extracting(Known::revision).containsExactly(second);
    }

    @Test
    void aBranchThatIsRewrittenHasItsHeadAlone() throws Exception {
        var built = server.commit("src", "one");
        server.rewrite();
        server.commit("src", "two");

        assertThat(settled(main, built).before()).isEmpty();
    }

    @Test
    void ofVeryManyCommitsTheOldestAreSkipped() throws Exception {
        var built = server.commit("src", "one");
        var pushed = new ArrayList<String>();
        for (var i = 0; i < 60; i++) {
            pushed.add(server.commit("src", "number " + i));
        }

        var known = settled(main, built);
        assertThat(known.before()).extracting(Known::revision).containsExactlyElementsOf(pushed.subList(9, 59));
        assertThat(known.skipped()).isEqualTo(9);
        assertThat(settled(main, pushed.getFirst()).skipped()).isEqualTo(8);
        assertThat(settled(main, pushed.get(9)).skipped()).isZero();
    }

    @Test
    void aServerThatCannotLeaveFilesOutTellsTheHeadAlone() throws Exception {
        server.serves("allowFilter", false);
        var built = server.commit("src", "one");
        server.commit("src", "two");
        var head = server.commit("src", "three");

        assertThat(settled(main, built).revision()).isEqualTo(head);
        assertThat(settled(main, built).before()).isEmpty();
    }

    @Test
    void releasesBetweenAreToldInTheOrderOfTheirVersions() throws Exception {
        for (var tag : List.of("v1.8", "v1.11", "v1.10", "v1.9")) {
            server.commit("src", tag);
            server.tag(tag);
        }

        var known = settled(releases, "v1.8");
        assertThat(known.gitTag()).hasValue("v1.11");
        assertThat(known.before()).extracting(Known::gitTag).containsExactly(Optional.of("v1.9"), Optional.of("v1.10"));
        assertThat(settled(releases, "v1.8.5").before()).hasSize(2);
        server.deleteTag("v1.11");
        time.advance(PERIOD);
        assertThat(settled(releases, "v1.11").gitTag()).hasValue("v1.10");
    }

    private Known known(Followed followed) {
        look(followed, Optional.empty());
        return (Known) watch.viewOf(followed, RECIPE, Optional.empty());
    }

    /** First the head is looked up, then what was before it. */
    private Known settled(Followed followed, String since) {
        look(followed, Optional.of(since));
        look(followed, Optional.of(since));
        return (Known) watch.viewOf(followed, RECIPE, Optional.of(since));
    }

    private SourceView look(Followed followed, Optional<String> since) {
        var view = watch.viewOf(followed, RECIPE, since);
        time.advance(Duration.ZERO);
        return view;
    }
}
