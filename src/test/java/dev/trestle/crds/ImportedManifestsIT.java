package dev.trestle.crds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.cluster.SharesCluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code trestle import} writes applies cleanly. */
@SharesCluster
class ImportedManifestsIT {

    @ParameterizedTest
    @ValueSource(strings = {"out-mapping", "out-prebuilt"})
    void theApiServerTakesEveryManifest(String folder) throws IOException {
        var applied = 0;
        try (var server = ApiServer.open();
                var files = Files.walk(Path.of("src", "test", "resources", "matrix", folder))) {
            for (var file : files.filter(path -> path.toString().matches(".*/[^k/][^/]*\\.yaml"))
                    .toList()) {
                var manifest = Serialization.unmarshal(Files.readString(file), GenericKubernetesResource.class);
                var answer = server.client()
                        .resource(manifest)
                        .inNamespace(server.namespace())
                        .dryRun()
                        .fieldValidation(Validation.STRICT)
                        .fieldManager("trestle-tests")
                        .serverSideApply();
                assertThat(answer.<Object>get("spec")).as(file.toString()).isEqualTo(manifest.<Object>get("spec"));
                applied++;
            }
        }
        assertThat(applied).isPositive();
    }
}
