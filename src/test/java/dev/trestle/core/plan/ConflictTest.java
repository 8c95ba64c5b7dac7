package dev.trestle.core.plan;

import static dev.trestle.core.plan.BuildBuilder.aBuild;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.trestle.core.SpecBuilder;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** All cases ask for the build 'team-m/app' of ten o'clock, which publishes 'quay.io/acme/app:latest'. */
class ConflictTest {
    private static final String TAG = "quay.io/acme/app:latest";

    static Stream<Arguments> conflicts() {
        return Stream.of(
                row(
                        "the elder keeps the tag",
                        TAG,
                        "team-m/other",
                        aBuild("team-m", "other").createdAt("09:59")),
                row("of one age, the first namespace is the elder", TAG, "team-a/zebra", aBuild("team-a", "zebra")),
                row("in one namespace, the first name is the elder", TAG, "team-m/ant", aBuild("team-m", "ant")),
                row("a namesake in another namespace is another build", TAG, "team-a/app", aBuild("team-a", "app")),
                row(
                        "age counts before names",
                        TAG,
                        "team-z/zebra",
                        aBuild("team-z", "zebra").createdAt("09:00")),
                row(
                        "a suspended elder keeps what it has",
                        TAG,
                        "team-a/app",
                        aBuild("team-a", "app").with(SpecBuilder::suspended)),
                row(
                        "the eldest is named",
                        TAG,
                        "team-z/eldest",
                        aBuild("team-a", "elder").createdAt("09:00"),
                        aBuild("team-z", "eldest").createdAt("08:00")),
                row(
                        "namesakes with other tags share an anchor",
                        "quay.io/acme/app:app-linux-amd64",
                        "team-a/app",
                        aBuild("team-a", "app").with(spec -> spec.tags("v1"))),
                row(
                        "a tag that is this build's anchor is written twice",
                        "quay.io/acme/app:app-linux-amd64",
                        "team-a/thief",
                        aBuild("team-a", "thief").with(spec -> spec.tags("app-linux-amd64"))),
                row(
                        "one repository of several is enough",
                        TAG,
                        "team-a/other",
                        aBuild("team-a", "other")
                                .with(spec -> spec.repositories("ghcr.io/acme/app", "quay.io/acme/app"))));
    }

    static Stream<Arguments> noConflicts() {
        return Stream.of(
                none("alone"),
                none("itself is no other", aBuild("team-m", "app")),
                none("the younger waits, not the elder", aBuild("team-a", "ant").createdAt("10:01")),
                none("of one age, the last namespace waits", aBuild("team-n", "ant")),
                none("in one namespace, the last name waits", aBuild("team-m", "zebra")),
                none("an elder with another tag", aBuild("team-a", "other").with(spec -> spec.tags("v1"))),
                none(
                        "an elder with another repository",
                        aBuild("team-a", "other").with(spec -> spec.repositories("ghcr.io/acme/app"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"conflicts", "noConflicts"})
    void theYoungerBuildsNothing(String promise, List<BuildBuilder> others, List<Conflict> expected) {
        var build = aBuild("team-m", "app").build();

        assertThat(Conflict.of(build, others.stream().map(BuildBuilder::build).toList()).stream()
                        .toList())
                .isEqualTo(expected);
    }

    /** Namespace and name do not run together in a cache tag. */
    @Test
    void namesThatReadAlikeShareNoCache() {
        var elder = aBuild("a", "b-c").with(spec -> spec.tags("one").writingCache("quay.io/acme/cache"));
        var younger = aBuild("a-b", "c").with(spec -> spec.tags("two").writingCache("quay.io/acme/cache"));

        assertThat(Conflict.of(younger.build(), List.of(elder.build()))).isEmpty();
    }

    @Test
    void readingAnothersCacheIsNone() {
        var elder = aBuild("a", "b-c").with(spec -> spec.tags("one").writingCache("quay.io/acme/cache"));
        var younger = aBuild("a-b", "c").with(spec -> spec.tags("two").readingCache("quay.io/acme/cache"));

        assertThat(Conflict.of(younger.build(), List.of(elder.build()))).isEmpty();
    }

    @Test
    void saysWhatWhoAndWhatToDo() {
        assertThat(new Conflict(TAG, "team-a/app").sentence())
                .isEqualTo("'quay.io/acme/app:latest' is already written by the elder build 'team-a/app'."
                        + " Give this build another name, tag or repository, or delete the other.");
    }

    private static Arguments row(String promise, String reference, String elder, BuildBuilder... others) {
        return arguments(promise, List.of(others), List.of(new Conflict(reference, elder)));
    }

    private static Arguments none(String promise, BuildBuilder... others) {
        return arguments(promise, List.of(others), List.of());
    }
}
