package dev.trestle.core.plan;

import dev.trestle.api.BackendBuild;
import dev.trestle.core.SpecBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.function.UnaryOperator;

/** A BackendBuild for tests: {@code aBuild("team-a", "app").createdAt("10:00")}. */
final class BuildBuilder {
    private final String namespace;
    private final String name;
    private String time = "10:00";
    private UnaryOperator<SpecBuilder> spec = UnaryOperator.identity();

    private BuildBuilder(String namespace, String name) {
        this.namespace = namespace;
        this.name = name;
    }

    static BuildBuilder aBuild(String namespace, String name) {
        return new BuildBuilder(namespace, name);
    }

    BuildBuilder createdAt(String time) {
        this.time = time;
        return this;
    }

    BuildBuilder with(UnaryOperator<SpecBuilder> spec) {
        this.spec = spec;
        return this;
    }

    BackendBuild build() {
        var build = new BackendBuild();
        build.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .withCreationTimestamp("2026-11-21T" + time + ":00Z")
                .build());
        build.setSpec(spec.apply(SpecBuilder.aSpec()).build());
        return build;
    }
}
