package dev.trestle.install;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trestle.api.Trust;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The chart's policies, and the operator's rights, on a real API server, for one namespace; asked as the operator and as others. */
final class InstalledPolicies implements AutoCloseable {
    /** The account of the chart's own names, so that an operator that is installed too is the same one. */
    static final String OPERATOR = "system:serviceaccount:trestle-system:trestle";

    static final String JOB_CONTROLLER = "system:serviceaccount:kube-system:job-controller";
    static final String BUILDER_IMAGE = environment("TRESTLE_BUILDER_IMAGE", "registry.example/trestle/builder:1");
    /** By its digest alone, as the chart has the operator's own image. */
    static final String MERGE_IMAGE = environment("TRESTLE_OPERATOR_IMAGE", "registry.example/trestle/operator:1")
            .replaceFirst(":[^/:@]+@", "@");

    private static final String[] MADE = {
        "Role",
        "RoleBinding",
        "ServiceAccount",
        "NetworkPolicy",
        "ResourceQuota",
        "LimitRange",
        "ValidatingAdmissionPolicy",
        "ValidatingAdmissionPolicyBinding"
    };
    private static final Duration ACTIVE_WITHIN = Duration.ofSeconds(60);

    private final KubernetesClient admin = new KubernetesClientBuilder().build();
    private final List<HasMetadata> made = new ArrayList<>();
    private final String namespace;

    /**
     * @param trust what the namespace's label {@code trestle.dev/trust} says; with Untrusted, the chart furnishes the namespace
     * @param options of {@code helm template} beside these
     */
    InstalledPolicies(Trust trust, String... options) throws Exception {
        namespace = admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withGenerateName("trestle-policies-")
                        .addToLabels("trestle.dev/trust", trust.name())
                        .endMetadata()
                        .build())
                .create()
                .getMetadata()
                .getName();
        var rendered = rendered(trust, List.of(options));
        for (var object : rendered.ofKinds(MADE).toList()) {
            make(object);
        }
        makeAccount("default");
        makeAccount("trestle-untrusted");
    }

    private Rendered rendered(Trust trust, List<String> more) throws Exception {
        var options = new ArrayList<>(List.of(
                "--set",
                ("fullnameOverride=%s,watchNamespaces={%s},serviceAccount.create=false,serviceAccount.name=trestle,"
                                + "config.builderImage=%s,config.mergeImage=%s,rbac.aggregate=false")
                        .formatted(namespace, namespace, BUILDER_IMAGE, MERGE_IMAGE)));
        options.addAll(more);
        if (trust == Trust.Untrusted) {
            options.addAll(List.of(
                    "--set", "untrusted.namespaces={%s},untrusted.createNamespaces=false".formatted(namespace)));
        }
        return Rendered.byHelm(options);
    }

    private void make(ObjectNode object) {
        var resource = Serialization.unmarshal(object.toString(), HasMetadata.class);
        made.add(admin.resource(resource).create());
    }

    private void makeAccount(String name) {
        var account = new ServiceAccountBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .build();
        try {
            admin.resource(account).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
        }
    }

    String namespace() {
        return namespace;
    }

    /** The policies as the API server has them, their expressions checked. */
    List<ValidatingAdmissionPolicy> checked() {
        return made.stream()
                .filter(ValidatingAdmissionPolicy.class::isInstance)
                .map(policy -> admin.resource((ValidatingAdmissionPolicy) policy)
                        .waitUntilCondition(
                                found -> found != null
                                        && found.getStatus() != null
                                        && found.getStatus().getTypeChecking() != null,
                                ACTIVE_WITHIN.toSeconds(),
                                TimeUnit.SECONDS))
                .toList();
    }

    /** Returns when the API server refuses what it must; it takes over policies with a delay. */
    void awaitRefusal(HasMetadata object) throws InterruptedException {
        var end = Instant.now().plus(ACTIVE_WITHIN);
        while (refusal(Optional.empty(), object).isEmpty()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("the policies are not active after " + ACTIVE_WITHIN);
            }
            Thread.sleep(100);
        }
    }

    /** Returns when the namespace's quota is counted: before, nothing is let in. */
    void awaitQuota() {
        admin.resourceQuotas()
                .inNamespace(namespace)
                .withName("trestle-untrusted")
                .waitUntilCondition(
                        quota -> quota != null
                                && quota.getStatus() != null
                                && quota.getStatus().getUsed() != null
                                && !quota.getStatus().getUsed().isEmpty(),
                        ACTIVE_WITHIN.toSeconds(),
                        TimeUnit.SECONDS);
    }

    /**
     * What the API server says to a create, which it does not carry out.
     *
     * @param user empty for an administrator of the cluster
     * @return empty when the object is taken
     */
    Optional<String> refusal(Optional<String> user, HasMetadata object) {
        try (var client = as(user)) {
            client.resource(object).inNamespace(namespace).dryRun(true).create();
            return Optional.empty();
        } catch (KubernetesClientException e) {
            return Optional.of(wordsOf(e));
        }
    }

    /** The same for an update; one that the cluster's own controllers have outrun is sent again. */
    Optional<String> refusalOfUpdate(HasMetadata object) {
        while (true) {
            object.getMetadata().setResourceVersion(null);
            try {
                admin.resource(object).inNamespace(namespace).dryRun(true).update();
                return Optional.empty();
            } catch (KubernetesClientException e) {
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                    return Optional.of(wordsOf(e));
                }
            }
        }
    }

    /** What the API server says to another container in this pod. */
    Optional<String> refusalOfDebugging(Pod pod) {
        try {
            admin.pods()
                    .inNamespace(namespace)
                    .withName(pod.getMetadata().getName())
                    .ephemeralContainers()
                    .edit(found -> new PodBuilder(found)
                            .editSpec()
                            .addNewEphemeralContainer()
                            .withName("shell")
                            .withImage("busybox")
                            .endEphemeralContainer()
                            .endSpec()
                            .build());
            return Optional.empty();
        } catch (KubernetesClientException e) {
            return Optional.of(wordsOf(e));
        }
    }

    /** What the API server says to a request of a subresource, such as {@code exec}; the pod need not be there. */
    Optional<String> refusalOf(String subresource) {
        try {
            admin.raw(
                    "/api/v1/namespaces/%s/pods/any/%s?command=ls&container=build".formatted(namespace, subresource),
                    "POST",
                    null);
            return Optional.empty();
        } catch (KubernetesClientException e) {
            return Optional.of(wordsOf(e));
        }
    }

    /** What the API server says to other resources of a running pod. */
    Optional<String> refusalOfResize(Pod pod) {
        pod.getMetadata().setResourceVersion(null); // the scheduler writes into it too
        try {
            admin.raw(
                    "/api/v1/namespaces/%s/pods/%s/resize"
                            .formatted(namespace, pod.getMetadata().getName()),
                    "PUT",
                    pod);
            return Optional.empty();
        } catch (KubernetesClientException e) {
            return Optional.of(wordsOf(e));
        }
    }

    /** Creates it for good, until the test ends. */
    <R extends HasMetadata> R create(Optional<String> user, R object) {
        try (var client = as(user)) {
            return client.resource(object).inNamespace(namespace).create();
        }
    }

    private static KubernetesClient as(Optional<String> user) {
        var config = new ConfigBuilder().withRequestRetryBackoffLimit(0);
        user.ifPresent(config::withImpersonateUsername);
        return new KubernetesClientBuilder().withConfig(config.build()).build();
    }

    private static String wordsOf(KubernetesClientException e) {
        return e.getStatus() == null
                ? String.valueOf(e.getMessage())
                : Objects.requireNonNullElse(e.getStatus().getMessage(), "");
    }

    private static String environment(String name, String otherwise) {
        return Objects.requireNonNullElse(System.getenv(name), otherwise);
    }

    @Override
    public void close() {
        made.forEach(object -> admin.resource(object).delete());
        admin.namespaces().withName(namespace).delete();
        admin.close();
    }
}
