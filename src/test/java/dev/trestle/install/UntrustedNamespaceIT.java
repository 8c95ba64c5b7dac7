package dev.trestle.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.api.Trust;
import dev.trestle.cluster.SharesCluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A namespace that the chart makes for untrusted builds: a real API server lets in nothing else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfEnvironmentVariable(named = "KUBECONFIG", matches = ".+", disabledReason = "KUBECONFIG names no API server")
@SharesCluster
class UntrustedNamespaceIT {
    private static final Optional<String> OPERATOR = Optional.of(InstalledPolicies.OPERATOR);
    private static final Optional<String> JOB_CONTROLLER = Optional.of(InstalledPolicies.JOB_CONTROLLER);
    private static final Optional<String> ADMINISTRATOR = Optional.empty();
    private static final String LABELLED = "is labelled trestle.dev/trust=Untrusted";

    private final InstalledPolicies policies = new InstalledPolicies(Trust.Untrusted);

    UntrustedNamespaceIT() throws Exception {
        Command.run(List.of(
                        "kubectl",
                        "apply",
                        "--server-side",
                        "--force-conflicts",
                        "--field-manager=trestle-tests",
                        "--filename=crds"))
                .outputOfSuccess();
    }

    @BeforeAll
    void awaitPolicies() throws InterruptedException {
        policies.awaitRefusal(build("Trusted"));
        policies.awaitRefusal(base("Trusted"));
        policies.awaitRefusal(merge());
        policies.awaitRefusal(legFrom(Trust.Untrusted));
        policies.awaitQuota();
    }

    @AfterAll
    void close() {
        policies.close();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "unset",
            value = {"Trusted", "unset"})
    void trustedBuildsAndBasesAreRefused(@Nullable String trust) {
        for (var object : List.of(build(trust), base(trust))) {
            assertThat(policies.refusal(ADMINISTRATOR, object))
                    .get()
                    .asString()
                    .contains(LABELLED, "set spec.trust to Untrusted");
        }
    }

    @Test
    void untrustedBuildsAndBasesAreTaken() {
        assertThat(policies.refusal(ADMINISTRATOR, build("Untrusted"))).isEmpty();
        assertThat(policies.refusal(ADMINISTRATOR, base("Untrusted"))).isEmpty();
    }

    @Test
    void trustIsNeverRaised() {
        policies.create(ADMINISTRATOR, build("Untrusted"));
        assertThat(policies.refusalOfUpdate(build("Trusted"))).isPresent();
    }

    @Test
    void mergesAreTheOperatorsAlone() {
        assertThat(policies.refusal(ADMINISTRATOR, merge())).get().asString().contains(LABELLED, "not by hand");
        assertThat(policies.refusal(OPERATOR, merge())).isEmpty();
    }

    @Test
    void nothingRunsButUntrustedLegsAndMerges() {
        var ordinary = legFrom(Trust.Untrusted);
        ordinary.getMetadata().setLabels(Map.of());
        ordinary.getMetadata().setOwnerReferences(List.of());
        assertThat(policies.refusal(ADMINISTRATOR, ordinary)).get().asString().contains(LABELLED);
        assertThat(policies.refusal(OPERATOR, legFrom(Trust.Trusted)))
                .get()
                .asString()
                .contains(LABELLED);
        assertThat(policies.refusal(OPERATOR, legFrom(Trust.Untrusted))).isEmpty();
    }

    /** Its pods come from the Job controller, whatever it says: an ordinary right to make Jobs would be one to run anything. */
    @Test
    void jobsAreTheOperatorsAlone() {
        for (var kind : List.of("Job", "CronJob")) {
            assertThat(policies.refusal(ADMINISTRATOR, jobThatLooksUntrusted(kind)))
                    .as(kind)
                    .get()
                    .asString()
                    .contains(LABELLED, "Trestle makes");
        }
    }

    @Test
    void noOtherControllersPodIsLetIn() {
        var pod = podOfMerge();
        pod.getMetadata().setOwnerReferences(List.of(ownedBy("ReplicaSet")));
        assertThat(policies.refusal(JOB_CONTROLLER, pod)).get().asString().contains(LABELLED);
        pod.getMetadata().setOwnerReferences(List.of(ownedBy("Job")));
        assertThat(policies.refusal(JOB_CONTROLLER, pod)).isEmpty();
    }

    @Test
    void nothingIsAddedToARunningPod() {
        var pod = policies.create(JOB_CONTROLLER, podOfMerge());
        assertThat(policies.refusalOfDebugging(pod)).get().asString().contains(LABELLED, "nothing is added");
    }

    @ParameterizedTest
    @ValueSource(strings = {"exec", "attach", "portforward", "proxy"})
    void nothingIsRunInAPodOrForwardedToIt(String subresource) {
        assertThat(policies.refusalOf(subresource)).get().asString().contains(LABELLED, "run in it");
    }

    @Test
    void noPodIsResized() {
        var pod = policies.create(JOB_CONTROLLER, podOfMerge());
        assertThat(policies.refusalOfResize(pod)).get().asString().contains(LABELLED, "changed in its resources");
    }

    private Pod podOfMerge() {
        var leg = legFrom(Trust.Untrusted);
        return new PodBuilder()
                .withNewMetadata()
                .withGenerateName("merge-")
                .addToLabels("trestle.dev/trust", "Untrusted")
                .endMetadata()
                .withNewSpec()
                .withServiceAccountName(leg.getSpec().getServiceAccountName())
                .withAutomountServiceAccountToken(false)
                .addToNodeSelector("trestle.dev/no-such-node", "true")
                .addNewContainer()
                .withName("merge")
                .withImage(InstalledPolicies.MERGE_IMAGE)
                .withNewResources()
                .endResources()
                .endContainer()
                .endSpec()
                .build();
    }

    private static OwnerReference ownedBy(String kind) {
        return new OwnerReferenceBuilder()
                .withApiVersion("v1")
                .withKind(kind)
                .withName("owner")
                .withUid("0b9cb4ac-0000-4000-8000-000000000001")
                .withController(true)
                .build();
    }

    private static HasMetadata jobThatLooksUntrusted(String kind) {
        var job = """
                template:
                  metadata: {labels: {trestle.dev/trust: Untrusted}}
                  spec:
                    serviceAccountName: trestle-untrusted
                    automountServiceAccountToken: false
                    hostPID: true
                    restartPolicy: Never
                    containers: [{name: shell, image: busybox, securityContext: {privileged: true}}]
                """;
        var spec = kind.equals("Job") ? job : "schedule: '* * * * *'\njobTemplate:\n  spec:\n" + job.indent(4);
        return read(
                "apiVersion: batch/v1\nkind: %s\nmetadata: {name: shell}\nspec:\n%s".formatted(kind, spec.indent(2)));
    }

    @Test
    void noSecretIsKeptThere() {
        var secret = new SecretBuilder()
                .withNewMetadata()
                .withName("registry")
                .endMetadata()
                .addToStringData("password", "x")
                .build();
        assertThat(policies.refusal(ADMINISTRATOR, secret)).get().asString().contains("exceeded quota");
    }

    private Pod legFrom(Trust trust) {
        var leg = GoldenChildren.pods(policies.namespace()).getFirst();
        if (trust == Trust.Untrusted) {
            leg.getMetadata().getLabels().put("trestle.dev/trust", "Untrusted");
            leg.getSpec().setServiceAccountName("trestle-untrusted");
        }
        return leg;
    }

    private static HasMetadata build(@Nullable String trust) {
        return object("BackendBuild", "legs: [{platform: linux/amd64}]", trust);
    }

    private static HasMetadata base(@Nullable String trust) {
        return object("BaseImage", "platforms: [linux/amd64]", trust);
    }

    private static HasMetadata object(String kind, String platforms, @Nullable String trust) {
        var declared = trust == null ? "" : "trust: " + trust;
        return read("""
                apiVersion: trestle.dev/v1alpha1
                kind: %s
                metadata: {name: proposal}
                spec:
                  source: {git: {url: "https://git.example/shop.git", ref: refs/heads/main}}
                  image: {repositories: [registry.example/proposals], tags: [latest]}
                  %s
                  %s
                  %s
                """.formatted(kind, platforms, declared, "Untrusted".equals(trust) ? "pullRequest: 7" : ""));
    }

    private static HasMetadata merge() {
        return read("""
                apiVersion: trestle.dev/v1alpha1
                kind: ManifestMerge
                metadata: {name: by-hand}
                spec:
                  sources: [{platform: linux/amd64, image: "registry.example/proposals@sha256:%s"}]
                  targets: [{repository: registry.example/app, tags: [latest]}]
                """.formatted("0".repeat(64)));
    }

    private static HasMetadata read(String text) {
        return Serialization.unmarshal(text, GenericKubernetesResource.class);
    }
}
