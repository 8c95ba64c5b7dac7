package dev.trestle.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.trestle.api.BackendBuild;
import dev.trestle.core.render.Owner;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A reference is a name in its own namespace: there is no way to speak of another. */
class CrossNamespaceTest {

    @Test
    void noFieldOfASpecTakesANamespace() throws IOException {
        var fields = Sample.textsOfTheSchemas();
        assertThat(fields).hasSizeGreaterThan(50);
        try (var files = Files.newDirectoryStream(Path.of("crds"), "*.yaml")) {
            for (var file : files) {
                var spec = new YAMLMapper()
                        .readTree(Files.readString(file))
                        .at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");
                assertThat(names(spec)
                                .filter(name -> name.toLowerCase(Locale.ROOT).contains("namespace")))
                        .as(file.toString())
                        .isEmpty();
            }
        }
    }

    @Test
    void anOwnerOfTheSameNameIsNoOwner() {
        var build = new BackendBuild();
        build.setMetadata(new ObjectMetaBuilder()
                .withName("app")
                .withNamespace("ours")
                .withUid("ours")
                .build());
        assertThat(Owner.owns(build, podOwnedBy("ours"))).isTrue();
        assertThat(Owner.owns(build, podOwnedBy("theirs"))).isFalse();
    }

    private static HasMetadata podOwnedBy(String uid) {
        var owner = new OwnerReferenceBuilder()
                .withApiVersion("trestle.dev/v1alpha1")
                .withKind("BackendBuild")
                .withName("app")
                .withUid(uid)
                .withController(true)
                .build();
        return new PodBuilder()
                .withNewMetadata()
                .withName("app-amd64")
                .withNamespace("ours")
                .withOwnerReferences(owner)
                .endMetadata()
                .build();
    }

    private static Stream<String> names(JsonNode schema) {
        var fields = schema.path("properties").properties().stream()
                .flatMap(field -> Stream.concat(Stream.of(field.getKey()), names(field.getValue())));
        return schema.has("items") ? Stream.concat(fields, names(schema.get("items"))) : fields;
    }
}
