package dev.trestle.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.api.Trust;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
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

/** A namespace that the chart makes for untrusted builds: a real API server lets in nothing else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfEnvironmentVariable(named = "KUBECONFIG", matches = ".+", disabledReason = "KUBECONFIG names no API server")
class UntrustedNamespaceIT {
    private static final Optional<String> OPERATOR = Optional.of(InstalledPolicies.OPERATOR);
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
