package dev.trestle.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.cluster.SharesCluster;
import dev.trestle.controller.Deletion.Result;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a real API server deletes, of pods that no scheduler ever sees. */
@SharesCluster
class DeletionIT {
    private final KubernetesClient client = new KubernetesClientBuilder().build();
    private String namespace = "";

    @BeforeEach
    void createNamespace() {
        namespace = client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withGenerateName("deletion-")
                        .endMetadata()
                        .build())
                .create()
                .getMetadata()
                .getName();
    }

    @AfterEach
    void deleteNamespace() {
        client.namespaces().withName(namespace).delete();
        client.close();
    }

    @Test
    void aPodIsDeletedWhateverWasSaidOfItSince() {
        var seen = create();
        label(seen);

        assertThat(Deletion.ofPod(seen, client)).isEqualTo(Result.Gone);
        assertThat(client.resource(seen).get()).isNull();
    }

    @Test
    void aPodThatIsGoneIsGone() {
        var seen = create();
        client.resource(seen).delete();

        assertThat(Deletion.ofPod(seen, client)).isEqualTo(Result.Gone);
    }

    @Test
    void aPodsSuccessorStays() {
        var seen = create();
        client.resource(seen).delete();
        var successor = create();

        assertThat(Deletion.ofPod(seen, client)).isEqualTo(Result.Changed);
        assertThat(client.resource(successor).get()).isNotNull();
    }

    @Test
    void whatIsAsItWasSeenIsDeleted() {
        var seen = create();

        assertThat(Deletion.ofUnchanged(seen, client)).isEqualTo(Result.Gone);
        assertThat(client.resource(seen).get()).isNull();
    }

    @Test
    void whatSomebodyHasChangedSinceStays() {
        var seen = create();
        label(seen);

        assertThat(Deletion.ofUnchanged(seen, client)).isEqualTo(Result.Changed);
        assertThat(client.resource(seen).get()).isNotNull();
    }

    private void label(Pod pod) {
        client.resource(pod)
                .edit(now -> new PodBuilder(now)
                        .editMetadata()
                        .addToLabels("changed", "true")
                        .endMetadata()
                        .build());
    }

    private Pod create() {
        return client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withName("leg")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewSpec()
                        .withSchedulerName("nobody")
                        .addNewContainer()
                        .withName("leg")
                        .withImage("leg")
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
    }
}
