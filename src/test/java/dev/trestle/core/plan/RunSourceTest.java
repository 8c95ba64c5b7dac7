package dev.trestle.core.plan;

import static dev.trestle.core.plan.BuildBuilder.aBuild;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildStatusBuilder;
import dev.trestle.api.ManifestMerge;
import dev.trestle.api.Reason;
import dev.trestle.api.RunPolicy;
import dev.trestle.api.RunStatusBuilder;
import dev.trestle.core.Labels;
import dev.trestle.core.Sources;
import dev.trestle.core.SpecBuilder;
import dev.trestle.core.inputs.InputsVersion;
import dev.trestle.core.observe.MergeView;
import dev.trestle.core.plan.SourceView.Known;
import dev.trestle.core.plan.SourceView.Unavailable;
import dev.trestle.core.plan.SourceView.Unresolved;
import dev.trestle.runtime.ConfigurationFile;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which commit is built next. */
class RunSourceTest {
    private static final String URL = "https://git.example/acme/app.git";
    private static final String TIME = "2026-11-21T12:00:00Z";

    private BackendBuild build = following("refs/heads/main", RunPolicy.Latest);
    private Optional<ManifestMerge> merge = Optional.empty();

    @ParameterizedTest(name = "{0}: {1} ran{2}, the head is {3}, before it {4}: {5}")
    @CsvSource(
            nullValues = "-",
            value = {
                "Latest,  a, ' to its end', c, b, c",
                "Latest,  a, ' on',         c, b, a",
                "Replace, a, ' on',         c, b, c",
                "Every,   a, ' on',         c, b, a",
                "Every,   a, ' to its end', c, b, b",
                "Every,   a, ' to its end', c, a, c", // the commit between is made of the same files
                "Every,   a, ' to its end', c, -, c",
                "Every,   -, ' yet',        c, -, c",
            })
    void theNextCommit(
            RunPolicy policy, @Nullable String ran, String end, String head, @Nullable String before, String next) {
        build = following("refs/heads/main", policy);
        if (ran != null) {
            ran(ran, null, end.endsWith("end") ? TIME : null);
        }
        var asks = RunSource.since(build).isPresent();
        var pushed = asks && before != null ? List.of(Sources.at(before)) : List.<Known>of();

        assertThat(next(Sources.at(head).after(Optional.empty(), pushed)))
                .hasValueSatisfying(source -> assertThat(source.files()).isEqualTo(Sources.filesAt(next)));
    }

    static Stream<Arguments> otherRecipes() {
        return Stream.of(
                arguments("another target", edit(spec -> spec.target("release"))),
                arguments("a base", edit(spec -> spec.onBase("ubuntu", "BASE_IMAGE"))),
                arguments("another Dockerfile", edit(spec -> spec.dockerfile("Dockerfile.cuda"))),
                arguments("another context", edit(spec -> spec.context("backend"))),
                arguments("an argument", edit(spec -> spec.arg("A", "1"))),
                arguments("declared inputs", edit(spec -> spec.inputs("src/**"))));
    }

    /** The files of the run's commit were worked out by the recipe as it was. */
    @ParameterizedTest(name = "with {0}")
    @MethodSource("otherRecipes")
    void aRunOfAnotherRecipeIsNotGoneOnWith(String change, UnaryOperator<SpecBuilder> edit) {
        var before = RunSource.hash(SpecBuilder.aSpec().build(), InputsVersion.PRESENT);

        assertThat(RunSource.hash(edit.apply(SpecBuilder.aSpec()).build(), InputsVersion.PRESENT))
                .isNotEqualTo(before);
    }

    private static UnaryOperator<SpecBuilder> edit(UnaryOperator<SpecBuilder> edit) {
        return edit;
    }

    @ParameterizedTest(name = "after {0} the head is {1}: {2}")
    @CsvSource({
        "v1.9,   v1.10,  v1.10",
        "v1.10,  v1.9,   v1.10", // v1.10 is gone
        "v1.10,  v1.10,  v1.10",
        "v1.10,  v1.10.1, v1.10.1",
        "v2.0.0_beta, v1.9, v1.9", // it was of another pattern
    })
    void noLowerReleaseFollows(String ran, String head, String next) {
        for (var policy : RunPolicy.values()) {
            build = following("refs/tags/v*", policy);
            ran("a", ran, TIME);

            assertThat(next(release(head))).map(Known::gitTag).hasValue(Optional.of(next));
        }
    }

    @Test
    void aReleaseThatMovesIsBuiltWhereItIs() {
        build = following("refs/tags/v*", RunPolicy.Latest);
        ran("a", "v1", TIME);

        assertThat(next(Sources.at("b").after(Optional.of("v1"), List.of())))
                .map(Known::revision)
                .hasValue("b");
    }

    @Test
    void aReleaseThatIsGoneAndMadeOfOtherFilesNowIsNotReplacedByALowerOne() {
        build = following("refs/tags/v*", RunPolicy.Latest);
        ran("a", "v1.10", TIME);
        var other = BuildBuilder.aBuild("shop", "app")
                .with(spec -> spec.following(URL, "refs/tags/v*").dockerfile("Other"))
                .build();
        other.setStatus(build.getStatus());
        build = other;

        assertThat(next(release("v1.9"))).isEmpty();
        assertThat(obstacle(release("v1.9")).reason()).isEqualTo(Reason.SourceUnavailable);
        assertThat(obstacle(release("v1.9")).message())
                .isEqualTo("Release 'v1.10' is gone from '%s', and 'v1.9' is lower. Push it again, or a higher version."
                        .formatted(URL));
    }

    /** The status lags behind when the operator ends between the two. */
    @Test
    void aReleaseWhoseMergeHasBegunCounts() {
        build = following("refs/tags/v*", RunPolicy.Latest);
        ran("a", "v1.9", TIME);
        merge = Optional.of(new ManifestMerge());
        merge.get()
                .setMetadata(new ObjectMetaBuilder()
                        .withName("app-1")
                        .addToAnnotations(Labels.GIT_TAG, "v1.10")
                        .build());

        assertThat(next(release("v1.9"))).isEmpty();
        assertThat(next(new Unresolved())).isEmpty();
        assertThat(next(release("v1.10"))).isPresent();
    }

    @Test
    void everyReleaseBetweenHasItsTurnThoughItIsMadeOfNothingNew() {
        build = following("refs/tags/v*", RunPolicy.Every);
        ran("a", "v1.8", TIME);
        var between = Sources.at("a").after(Optional.of("v1.9"), List.of());

        assertThat(next(Sources.at("a").after(Optional.of("v1.10"), List.of(between))))
                .map(Known::gitTag)
                .hasValue(Optional.of("v1.9"));
    }

    @Test
    void aRepositoryThatCannotBeReadLeavesTheLastRelease() {
        build = following("refs/tags/v*", RunPolicy.Latest);
        ran("a", "v1.9", TIME);

        assertThat(next(new Unavailable("no route to host"))).map(Known::gitTag).hasValue(Optional.of("v1.9"));
    }

    @Test
    void onlyWhoBuildsEachAsksWhatWasPushedSince() {
        ran("a", null, TIME);
        assertThat(RunSource.since(build)).isEmpty();
        build = following("refs/heads/main", RunPolicy.Every);
        assertThat(RunSource.since(build)).isEmpty();
        ran("a", null, TIME);
        assertThat(RunSource.since(build)).hasValue("a");
        build = following("refs/tags/v*", RunPolicy.Every);
        ran("a", "v1", TIME);
        assertThat(RunSource.since(build)).hasValue("v1");
    }

    @Test
    void theRunThatFollowsSkippedCommitsSaysHowMany() {
        build = following("refs/heads/main", RunPolicy.Every);
        ran("a", null, TIME);
        var head = Sources.at("d")
                .after(Optional.empty(), List.of(Sources.at("b"), Sources.at("c")))
                .skipping(7);

        assertThat(next(head)).hasValueSatisfying(next -> {
            assertThat(next.revision()).isEqualTo("b");
            assertThat(next.skipped()).isEqualTo(7);
        });
    }

    private static BackendBuild following(String ref, RunPolicy policy) {
        return aBuild("shop", "app")
                .with(spec -> spec.following(URL, ref).runPolicy(policy))
                .build();
    }

    private static Known release(String tag) {
        return Sources.at("b").after(Optional.of(tag), List.of());
    }

    private void ran(String commit, @Nullable String gitTag, @Nullable String end) {
        var run = RunStatusBuilder.builder()
                .revision(commit)
                .gitTag(gitTag)
                .source(RunSource.hash(build.getSpec(), InputsVersion.FIRST))
                .inputs(Sources.filesAt(commit))
                .startedAt(TIME)
                .finishedAt(end)
                .inputsVersion(2)
                .build();
        build.setStatus(BackendBuildStatusBuilder.builder().run(run).build());
    }

    private Optional<Known> next(SourceView source) {
        return RunSource.of(snapshot(source));
    }

    private LegProgress.Waiting obstacle(SourceView source) {
        var snapshot = snapshot(source);
        return Obstacle.of(snapshot, build.getSpec().legs().getFirst(), RunSource.of(snapshot))
                .orElseThrow();
    }

    private Snapshot snapshot(SourceView source) {
        try {
            return new Snapshot(
                    build,
                    source,
                    new BaseView.None(),
                    Claims.NONE,
                    Optional.empty(),
                    List.of(),
                    merge.stream().map(MergeView::of).toList(),
                    Optional.empty(),
                    ConfigurationFile.parse(
                            "{builderImage: b, mergeImage: m, pools: [{name: amd64, platforms: [linux/amd64]}]}"),
                    Instant.parse(TIME));
        } catch (ConfigurationFile.Invalid e) {
            throw new AssertionError(e);
        }
    }
}
