package dev.trestle.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildStatus;
import dev.trestle.core.Labels;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SpecOrRequestChangesTest {
    private static final String NOON = "2026-11-21T12:00:00Z";

    static Stream<Arguments> news() {
        return Stream.of(
                row("another spec", metadata -> metadata.withGeneration(2L)),
                row("it is being deleted", metadata -> metadata.withDeletionTimestamp(NOON)),
                row("another owner", metadata -> metadata.withOwnerReferences(new OwnerReference())),
                row("a request", metadata -> metadata.addToAnnotations(Labels.REBUILD, "2")),
                row("an external leg's digest", metadata -> metadata.addToAnnotations(Labels.EXTERNAL + "a", "b")));
    }

    static Stream<Arguments> noNews() {
        return Stream.of(
                row("another version of the object", metadata -> metadata.withResourceVersion("2")),
                row("a label", metadata -> metadata.addToLabels("a", "b")),
                row("somebody's own annotation", metadata -> metadata.addToAnnotations("example.com/a", "b")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void news(String change, UnaryOperator<ObjectMetaBuilder> changed) {
        assertThat(isNews(changed)).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void noNews(String change, UnaryOperator<ObjectMetaBuilder> changed) {
        assertThat(isNews(changed)).isFalse();
    }

    /** The SDK tells nothing of the operator's own writes. */
    @Test
    void aStatusThatSomebodyElseHasWrittenIsNews() {
        var seen = build(metadata -> metadata);
        seen.setStatus(BackendBuildStatus.unseen());
        var emptied = build(metadata -> metadata);
        emptied.setStatus(null);
        assertThat(new SpecOrRequestChanges().accept(emptied, seen)).isTrue();
        assertThat(new SpecOrRequestChanges().accept(seen, seen)).isFalse();
    }

    private static boolean isNews(UnaryOperator<ObjectMetaBuilder> changed) {
        return new SpecOrRequestChanges().accept(build(changed), build(metadata -> metadata));
    }

    private static BackendBuild build(UnaryOperator<ObjectMetaBuilder> changed) {
        var build = new BackendBuild();
        var metadata =
                new ObjectMetaBuilder().withName("app").withGeneration(1L).withResourceVersion("1");
        build.setMetadata(changed.apply(metadata).build());
        return build;
    }

    private static Arguments row(String change, UnaryOperator<ObjectMetaBuilder> changed) {
        return arguments(change, changed);
    }
}
