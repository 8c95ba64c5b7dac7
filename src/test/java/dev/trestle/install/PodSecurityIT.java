package dev.trestle.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trestle.cluster.SharesCluster;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** A real API server takes the operator's pod where Pod Security enforces its strictest level. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfEnvironmentVariable(named = "KUBECONFIG", matches = ".+", disabledReason = "KUBECONFIG names no API server")
@SharesCluster
class PodSecurityIT {
    private final KubernetesClient client = new KubernetesClientBuilder().build();
    private String namespace = "";

    @BeforeAll
    void makeRestrictedNamespace() {
        namespace = client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withGenerateName("trestle-restricted-")
                        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                        .endMetadata()
                        .build())
                .create()
                .getMetadata()
                .getName();
        client.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName("trestle")
                        .withNamespace(namespace)
                        .endMetadata()
                        .build())
                .create();
    }

    @AfterAll
    void deleteNamespace() {
        client.namespaces().withName(namespace).delete();
        client.close();
    }

    @Test
    void operatorsPodIsRestricted() throws Exception {
        assertThat(dryRun(operatorPod()).getMetadata().getName()).isEqualTo("operator");
    }

    /** Shows that the level is enforced at all, so that the test above means something. */
    @Test
    void podThatMayBecomeRootIsRefused() throws Exception {
        var looser = new PodBuilder(operatorPod())
                .editSpec()
                .withSecurityContext(null)
                .endSpec()
                .build();
        assertThatThrownBy(() -> dryRun(looser))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("violates PodSecurity \"restricted");
    }

    private Pod dryRun(Pod pod) {
        return client.resource(pod).inNamespace(namespace).dryRun(true).create();
    }

    private static Pod operatorPod() throws Exception {
        var template = (ObjectNode) Rendered.byHelm(List.of()).operatorPod().deepCopy();
        template.withObject("/metadata").put("name", "operator");
        return Serialization.unmarshal(template.toString(), Pod.class);
    }
}
