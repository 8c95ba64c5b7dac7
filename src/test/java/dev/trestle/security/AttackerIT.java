package dev.trestle.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trestle.api.BackendBuild;
import dev.trestle.api.BaseImage;
import dev.trestle.api.ManifestMerge;
import dev.trestle.cluster.SharesCluster;
import dev.trestle.core.render.BaseBuild;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * Whoever may create the three kinds puts hostile values into every text: a real API server refuses them by the field's name, or what
 * comes of them is one inert argument.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfEnvironmentVariable(named = "KUBECONFIG", matches = ".+", disabledReason = "KUBECONFIG names no API server")
@SharesCluster
class AttackerIT {
    private static final int INVALID = 422;

    private final KubernetesClient client = new KubernetesClientBuilder()
            .withConfig(new ConfigBuilder().withRequestRetryBackoffLimit(0).build())
            .build();
    private String namespace = "";

    @BeforeAll
    void makeNamespace() {
        namespace = client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withGenerateName("trestle-attacked-")
                        .endMetadata()
                        .build())
                .create()
                .getMetadata()
                .getName();
    }

    @AfterAll
    void deleteNamespace() {
        client.namespaces().withName(namespace).delete();
        client.close();
    }

    @Test
    void everyTextOfTheThreeKindsIsAttacked() throws IOException {
        assertThat(Sample.ofEachText().keySet()).containsAll(Sample.textsOfTheSchemas());
    }

    @TestFactory
    Stream<DynamicTest> hostileValuesAreRefusedOrInert() throws IOException {
        return Sample.ofEachText().entrySet().stream()
                .map(attacked -> DynamicTest.dynamicTest(
                        attacked.getKey(), () -> Hostile.VALUES.forEach(value -> attack(attacked.getValue(), value))));
    }

    private void attack(Sample sample, String value) {
        var object = sample.with(value);
        refusal(object)
                .ifPresentOrElse(
                        words -> assertThat(words)
                                .as("'%s' in %s", value, sample.pointer())
                                .contains(sample.field()),
                        () -> isInert(object));
    }

    private Optional<String> refusal(ObjectNode object) {
        try {
            client.resource(Serialization.unmarshal(object.toString(), GenericKubernetesResource.class))
                    .inNamespace(namespace)
                    .dryRun(true)
                    .create();
            return Optional.empty();
        } catch (KubernetesClientException e) {
            assertThat(e.getCode()).as(e.getMessage()).isEqualTo(INVALID);
            return Optional.of(Objects.requireNonNullElse(e.getStatus().getMessage(), ""));
        }
    }

    private static void isInert(ObjectNode object) {
        switch (object.path("kind").asText()) {
            case "BackendBuild" -> Rendering.isInert(read(object, BackendBuild.class));
            case "BaseImage" -> Rendering.isInert(BaseBuild.of(read(object, BaseImage.class), Optional.of("attacked")));
            default -> Rendering.isInert(read(object, ManifestMerge.class));
        }
    }

    private static <T> T read(ObjectNode object, Class<T> kind) {
        object.withObject("/metadata").put("namespace", "shop").put("uid", "0b9cb4ac");
        return Serialization.unmarshal(object.toString(), kind);
    }
}
