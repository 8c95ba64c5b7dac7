package dev.trestle.core.plan;

import static dev.trestle.core.plan.BuildBuilder.aBuild;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildStatusBuilder;
import dev.trestle.api.InputKind;
import dev.trestle.api.PublishedImageBuilder;
import dev.trestle.core.Labels;
import dev.trestle.core.inputs.Cause;
import dev.trestle.core.inputs.Moved;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CausesTest {
    private static final Moved SOURCE = moved(InputKind.Source, "1f3a", "9c0d");
    private static final Moved BASE = moved(InputKind.Base, "bases@sha256:1", "bases@sha256:2");

    static Stream<Arguments> cases() {
        return Stream.of(
                arguments("what was never built was asked for", List.of(), Cause.Request),
                arguments("another recipe", List.of(moved(InputKind.Recipe, "a", "b")), Cause.Request),
                arguments("other arguments", List.of(moved(InputKind.BuildArgs, "a", "b")), Cause.Request),
                arguments("a commit", List.of(SOURCE), Cause.Source),
                arguments("a base that moved", List.of(BASE), Cause.Wave),
                arguments("a base that is there at last", List.of(moved(InputKind.Base, "ARG=x", "b@2")), Cause.Wave),
                arguments("of several the most urgent", List.of(BASE, SOURCE), Cause.Source));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("cases")
    void asks(String what, List<Moved> moved, Cause expected) {
        assertThat(Causes.of(snapshot(aBuild("shop", "cart").build(), null), moved))
                .isEqualTo(expected);
    }

    static Stream<Arguments> tokensOfBases() {
        return Stream.of(
                arguments("scheduled 1", "scheduled 2", Cause.Refresh),
                arguments("upstream a@1", "upstream a@2", Cause.Refresh),
                arguments("scheduled 1", "scheduled 1, requested now", Cause.Request),
                arguments("scheduled 1, requested now", "scheduled 2, requested now", Cause.Refresh),
                arguments("scheduled 1, requested now", "scheduled 2, requested again", Cause.Request),
                arguments("requested now", "scheduled 2", Cause.Refresh));
    }

    @ParameterizedTest(name = "''{0}'' -> ''{1}'': {2}")
    @MethodSource("tokensOfBases")
    void ofABaseTheTokenTellsPeopleFromSchedules(String from, String to, Cause expected) {
        var build = aBuild("shop", "go-base").build();
        build.getMetadata().setLabels(Map.of(Labels.BASE, "go"));

        assertThat(Causes.of(snapshot(build, null), List.of(moved(InputKind.Refresh, from, to))))
                .isEqualTo(expected);
    }

    /** Somebody who names another base does not wait for a wave's turn. */
    @Test
    void aSpecThatHasChangedIsARequestThoughOnlyTheBaseMoved() {
        var build = aBuild("shop", "cart").build();
        var spec = SpecHash.of(build.getSpec());

        assertThat(Causes.of(snapshot(build, spec), List.of(BASE))).isEqualTo(Cause.Wave);
        assertThat(Causes.of(snapshot(build, "another"), List.of(BASE))).isEqualTo(Cause.Request);
    }

    private static Moved moved(InputKind kind, String from, String to) {
        return new Moved(kind, null, Optional.of(from), Optional.of(to));
    }

    /** @param spec hash of the spec that the published image fulfils */
    private static Snapshot snapshot(BackendBuild build, @Nullable String spec) {
        var image = PublishedImageBuilder.builder()
                .digest("sha256:1")
                .repositories(List.of("quay.io/acme/app"))
                .publishedAt("2026-11-21T10:05:00Z")
                .spec(spec)
                .build();
        build.setStatus(BackendBuildStatusBuilder.builder()
                .observedGeneration(1L)
                .image(image)
                .build());
        return Snapshots.of(build);
    }
}
