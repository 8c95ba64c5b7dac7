package dev.trestle.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.cluster.SharesCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a real API server says that the operator may do, installed for the whole cluster and for one namespace. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfEnvironmentVariable(named = "KUBECONFIG", matches = ".+", disabledReason = "KUBECONFIG names no API server")
@SharesCluster
class GrantedRightsIT {
    private final KubernetesClient client = new KubernetesClientBuilder().build();
    private final List<HasMetadata> made = new ArrayList<>();
    private String watched = "";
    private String other = "";
    private String ofTheCluster = "";
    private String ofTheNamespace = "";

    @BeforeAll
    void grant() throws Exception {
        watched = makeNamespace();
        other = makeNamespace();
        ofTheCluster = install(watched + "-all", List.of());
        ofTheNamespace = install(watched + "-one", List.of("--set", "watchNamespaces={%s}".formatted(watched)));
    }

    @AfterAll
    void takeBack() {
        made.forEach(object -> client.resource(object).delete());
        client.close();
    }

    @ParameterizedTest
    @CsvSource({
        "list, backendbuilds.trestle.dev",
        "watch, baseimages.trestle.dev",
        "patch, backendbuilds.trestle.dev",
        "delete, backendbuilds.trestle.dev",
        "create, baseimages.trestle.dev",
        "delete, manifestmerges.trestle.dev",
        "patch, backendbuilds.trestle.dev/status",
        "patch, manifestmerges.trestle.dev/status",
        "list, pods",
        "create, pods",
        "delete, pods",
        "create, jobs.batch",
        "create, events.events.k8s.io",
    })
    void operatorMayDoItsWork(String verb, String resource) throws Exception {
        assertThat(can(ofTheCluster, verb, resource, watched)).isTrue();
        assertThat(can(ofTheCluster, verb, resource, other)).isTrue();
        assertThat(can(ofTheNamespace, verb, resource, watched)).isTrue();
        assertThat(can(ofTheNamespace, verb, resource, other))
                .as("in a namespace that it does not watch")
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "get, secrets",
        "list, secrets",
        "watch, secrets",
        "create, secrets",
        "get, configmaps",
        "get, pods/log",
        "create, pods/exec",
        "create, pods/attach",
        "create, pods/portforward",
        "update, pods",
        "patch, pods",
        "patch, pods/ephemeralcontainers",
        "patch, pods/status",
        "delete, jobs.batch",
        "patch, manifestmerges.trestle.dev",
        "create, serviceaccounts",
        "create, serviceaccounts/token",
        "impersonate, serviceaccounts",
        "get, nodes",
        "create, namespaces",
        "create, rolebindings.rbac.authorization.k8s.io",
        "bind, roles.rbac.authorization.k8s.io",
        "escalate, clusterroles.rbac.authorization.k8s.io",
        "delete, validatingadmissionpolicies.admissionregistration.k8s.io",
        "patch, customresourcedefinitions.apiextensions.k8s.io",
        "create, deployments.apps",
        "'*', '*'",
    })
    void operatorMayDoNothingElse(String verb, String resource) throws Exception {
        assertThat(can(ofTheCluster, verb, resource, watched)).isFalse();
        assertThat(can(ofTheNamespace, verb, resource, watched)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"secrets", "pods", "backendbuilds.trestle.dev", "configmaps"})
    void untrustedPodsMayDoNothing(String resource) throws Exception {
        var account = "system:serviceaccount:%s:trestle-untrusted".formatted(watched);
        assertThat(can(account, "get", resource, watched)).isFalse();
        assertThat(can(account, "create", resource, watched)).isFalse();
    }

    private static boolean can(String user, String verb, String resource, String namespace) throws Exception {
        var parts = resource.split("/", -1);
        var line = new ArrayList<>(
                List.of("kubectl", "auth", "can-i", verb, parts[0], "--namespace", namespace, "--as", user));
        if (parts.length > 1) {
            line.add("--subresource=" + parts[1]);
        }
        var answer = Command.run(line);
        assertThat(answer.output()).as(answer.errors()).containsAnyOf("yes", "no");
        return answer.exitCode() == 0;
    }

    /** @return the operator's account */
    private String install(String name, List<String> options) throws Exception {
        var line = new ArrayList<>(List.of("--set", "fullnameOverride=" + name + ",rbac.aggregate=false"));
        line.addAll(options);
        for (var object : Rendered.byHelm(line)
                .ofKinds("ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding")
                .toList()) {
            made.add(client.resource(Serialization.unmarshal(object.toString(), HasMetadata.class))
                    .create());
        }
        return "system:serviceaccount:%s:%s".formatted(Rendered.NAMESPACE, name);
    }

    private String makeNamespace() {
        var namespace = client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withGenerateName("trestle-rights-")
                        .endMetadata()
                        .build())
                .create();
        made.add(namespace);
        return namespace.getMetadata().getName();
    }
}
