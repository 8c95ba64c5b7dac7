package dev.trestle.crds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BaseImage;
import dev.trestle.api.ManifestMerge;
import dev.trestle.cluster.SharesCluster;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The status, through the typed client and a real API server: what the operator writes is accepted whole and read back whole. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SharesCluster
class CrdStatusIT {
    private final ApiServer server;

    CrdStatusIT() throws IOException {
        server = ApiServer.open();
    }

    @AfterAll
    void close() {
        server.close();
    }

    @Test
    void aFreshObjectSaysThatNobodyHasLookedAtIt() {
        var created = create("backendbuild/valid-smallest.yaml", BackendBuild.class, "fresh");

        assertThat(created.getStatus().observedGeneration()).isEqualTo(-1);
    }

    @Test
    void everyFieldOfAStatusIsKept() {
        var build = create("backendbuild/valid-smallest.yaml", BackendBuild.class, "full");
        build.setStatus(Samples.buildStatus());
        assertThat(updateStatus(build).getStatus()).isEqualTo(Samples.buildStatus());

        var base = create("baseimage/valid-smallest.yaml", BaseImage.class, "full");
        base.setStatus(Samples.baseStatus());
        assertThat(updateStatus(base).getStatus()).isEqualTo(Samples.baseStatus());

        var merge = create("manifestmerge/valid-two-platforms.yaml", ManifestMerge.class, "full");
        merge.setStatus(Samples.mergeStatus());
        assertThat(updateStatus(merge).getStatus()).isEqualTo(Samples.mergeStatus());
    }

    /** What {@code kubectl get -o wide} shows: kubectl puts NAME first by the table's first column. */
    @Test
    void columnsReadInKubectlsOrder() {
        create("backendbuild/valid-smallest.yaml", BackendBuild.class, "columns");
        create("baseimage/valid-smallest.yaml", BaseImage.class, "columns");
        create("manifestmerge/valid-two-platforms.yaml", ManifestMerge.class, "columns");

        assertThat(columns(BackendBuild.class))
                .containsExactly("Name", "Ready", "Reason", "Legs", "Built", "Digest+", "Revision+", "Message+", "Age");
        assertThat(columns(BaseImage.class))
                .containsExactly("Name", "Ready", "Fresh", "Built", "Next", "Consumers", "Digest+", "Message+", "Age");
        assertThat(columns(ManifestMerge.class)).containsExactly("Name", "Succeeded", "Legs", "Digest", "Age");
    }

    /** Column names; a plus marks those of {@code -o wide} alone. */
    private <T extends CustomResource<?, ?>> List<String> columns(Class<T> kind) {
        var resource =
                server.client().resources(kind).inNamespace(server.namespace()).withName("columns");
        return resource.getAsTable().getColumnDefinitions().stream()
                .map(column -> column.getName() + (column.getPriority() > 0 ? "+" : ""))
                .toList();
    }

    private <T extends CustomResource<?, ?>> T create(String file, Class<T> kind, String name) {
        var object = ValidationCase.read(file, kind);
        object.getMetadata().setName(name);
        return server.client().resource(object).inNamespace(server.namespace()).create();
    }

    /** An operator that watches the cluster writes its status at the same time: tried on the newest version until it is stored. */
    private <S, T extends CustomResource<?, S>> T updateStatus(T object) {
        var status = object.getStatus();
        return await().ignoreExceptionsMatching(KubernetesClientException.class::isInstance)
                .until(
                        () -> {
                            var newest = server.client().resource(object).get();
                            newest.setStatus(status);
                            return server.client().resource(newest).updateStatus();
                        },
                        Objects::nonNull);
    }
}
