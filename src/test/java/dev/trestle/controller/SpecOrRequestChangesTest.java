package dev.trestle.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.trestle.api.BackendBuild;
import dev.trestle.core.Labels;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
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
                row("an external leg's digest", metadata -> metadata.addToAnnotations(Labels.EXTERNAL + "a", "b")),
                row("a status written by hand", metadata -> metadata.addToManagedFields(status("kubectl-edit", NOON))));
    }

    static Stream<Arguments> noNews() {
        return Stream.of(
                row("another version of the object", metadata -> metadata.withResourceVersion("2")),
                row("a label", metadata -> metadata.addToLabels("a", "b")),
                row("somebody's own annotation", metadata -> metadata.addToAnnotations("example.com/a", "b")),
                row(
                        "the operator's own status",
                        metadata -> metadata.addToManagedFields(status("trestle", "2026-11-21T12:00:01Z"))),
                row(
                        "who wrote the spec",
                        metadata ->
                                metadata.addToManagedFields(new ManagedFieldsEntryBuilder(status("kubectl-edit", NOON))
                                        .withSubresource(null)
                                        .build())));
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

    /** What is kept in memory is told from what the API server sends with all its fields. */
    private static boolean isNews(UnaryOperator<ObjectMetaBuilder> changed) {
        var before = build(metadata -> metadata);
        before.getMetadata().setManagedFields(SpecOrRequestChanges.strangersInStatus(before.getMetadata()));
        return new SpecOrRequestChanges().accept(build(changed), before);
    }

    private static BackendBuild build(UnaryOperator<ObjectMetaBuilder> changed) {
        var build = new BackendBuild();
        var metadata = new ObjectMetaBuilder()
                .withName("app")
                .withGeneration(1L)
                .withResourceVersion("1")
                .withManagedFields(status("trestle", NOON), status("restore", NOON));
        build.setMetadata(changed.apply(metadata).build());
        return build;
    }

    private static ManagedFieldsEntry status(String manager, String time) {
        var fields = new FieldsV1();
        fields.setAdditionalProperty("f:status", manager);
        return new ManagedFieldsEntryBuilder()
                .withManager(manager)
                .withOperation("Update")
                .withSubresource("status")
                .withTime(time)
                .withFieldsV1(fields)
                .build();
    }

    private static Arguments row(String change, UnaryOperator<ObjectMetaBuilder> changed) {
        return arguments(change, changed);
    }
}
