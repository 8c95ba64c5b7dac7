package dev.trestle.crds;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The API server of KUBECONFIG with the CRDs of {@code crds/} installed, and a namespace of its own for one test class. */
final class ApiServer implements AutoCloseable {
    private static final Duration ESTABLISHED_WITHIN = Duration.ofSeconds(30);

    private final KubernetesClient client;
    private final String namespace;
    private final Map<String, String> namespacesOfKinds = new ConcurrentHashMap<>();

    private ApiServer(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /**
     * Connects, installs and makes the namespace.
     *
     * @throws IllegalStateException if no API server answers: a test that needs one fails, it is not skipped
     */
    static ApiServer open() throws IOException {
        // the API server answers 500 to two list elements of one key in server-side apply: nothing to try again
        var config = new ConfigBuilder().withRequestRetryBackoffLimit(0).build();
        var client = new KubernetesClientBuilder().withConfig(config).build();
        try {
            client.getKubernetesVersion();
        } catch (KubernetesClientException e) {
            throw new IllegalStateException(
                    "No API server answers at '%s'. Set KUBECONFIG to one, or run: make test"
                            .formatted(client.getMasterUrl()),
                    e);
        }
        installDefinitions(client);
        return new ApiServer(client, createNamespace(client));
    }

    private static void installDefinitions(KubernetesClient client) throws IOException {
        try (var files = Files.newDirectoryStream(Path.of("crds"), "*.yaml")) {
            for (var file : files) {
                var crd = Serialization.unmarshal(Files.readString(file), CustomResourceDefinition.class);
                client.resource(crd)
                        .fieldManager("trestle-tests")
                        .forceConflicts()
                        .serverSideApply();
                client.resource(crd)
                        .waitUntilCondition(ApiServer::established, ESTABLISHED_WITHIN.toSeconds(), TimeUnit.SECONDS);
            }
        }
    }

    private static boolean established(CustomResourceDefinition crd) {
        return crd != null
                && crd.getStatus() != null
                && crd.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True"));
    }

    private static String createNamespace(KubernetesClient client) {
        var wanted = new NamespaceBuilder()
                .withNewMetadata()
                .withGenerateName("trestle-crds-")
                .endMetadata()
                .build();
        return client.resource(wanted).create().getMetadata().getName();
    }

    KubernetesClient client() {
        return client;
    }

    String namespace() {
        return namespace;
    }

    /** A namespace for objects of this kind alone: an operator that watches the cluster makes others of those it sees, under names of its own. */
    String namespaceOf(String kind) {
        return namespacesOfKinds.computeIfAbsent(kind, _ -> createNamespace(client));
    }

    @Override
    public void close() {
        client.namespaces().withName(namespace).delete();
        namespacesOfKinds
                .values()
                .forEach(name -> client.namespaces().withName(name).delete());
        client.close();
    }
}
