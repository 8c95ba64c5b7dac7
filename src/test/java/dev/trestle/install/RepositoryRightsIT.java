package dev.trestle.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.api.Trust;
import dev.trestle.cluster.SharesCluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real API server refuses what the configuration's 'repositories' do not allow a namespace to publish. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfEnvironmentVariable(named = "KUBECONFIG", matches = ".+", disabledReason = "KUBECONFIG names no API server")
@SharesCluster
class RepositoryRightsIT {
    private static final Optional<String> ADMINISTRATOR = Optional.empty();

    private final InstalledPolicies policies = new InstalledPolicies(
            Trust.Trusted,
            "--set-json",
            "config.repositories=[{\"namespaces\":[\"trestle-pol*\"],\"allow\":[\"quay.io/acme\"]},"
                    + "{\"namespaces\":[\"other\"],\"allow\":[\"quay.io/others\"]}]");

    RepositoryRightsIT() throws Exception {
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
        policies.awaitRefusal(build("quay.io/others/app", "quay.io/acme/cache"));
    }

    @AfterAll
    void close() {
        policies.close();
    }

    @ParameterizedTest
    @CsvSource({
        "quay.io/acme, quay.io/acme/cache, true",
        "quay.io/acme/app, quay.io/acme/cache, true",
        "quay.io/acmenot/app, quay.io/acme/cache, false",
        "quay.io/others/app, quay.io/acme/cache, false",
        "quay.io/acme/app, quay.io/others/cache, false",
    })
    void aNamespacePublishesToItsOwnRepositories(String image, String cache, boolean allowed) {
        var refusal = policies.refusal(ADMINISTRATOR, build(image, cache));

        assertThat(refusal.isEmpty()).as(refusal.toString()).isEqualTo(allowed);
        refusal.ifPresent(words -> assertThat(words).contains("may not publish to quay.io/", "'repositories'"));
    }

    @Test
    void soDoMergesByHand() {
        assertThat(policies.refusal(ADMINISTRATOR, merge("quay.io/acme/app"))).isEmpty();
        assertThat(policies.refusal(ADMINISTRATOR, merge("quay.io/others/app")))
                .get()
                .asString()
                .contains("may not publish to quay.io/others/app");
    }

    private static HasMetadata build(String image, String cache) {
        return read("""
                apiVersion: trestle.dev/v1alpha1
                kind: BackendBuild
                metadata: {name: app}
                spec:
                  source: {git: {url: "https://git.example/shop.git", ref: refs/heads/main}}
                  legs: [{platform: linux/amd64}]
                  image: {repositories: [%s], tags: [latest]}
                  cache: {repository: %s, write: true}
                """.formatted(image, cache));
    }

    private static HasMetadata merge(String repository) {
        return read("""
                apiVersion: trestle.dev/v1alpha1
                kind: ManifestMerge
                metadata: {name: by-hand}
                spec:
                  sources: [{platform: linux/amd64, image: "quay.io/acme/app@sha256:%s"}]
                  targets: [{repository: %s, tags: [latest]}]
                """.formatted("0".repeat(64), repository));
    }

    private static HasMetadata read(String text) {
        return Serialization.unmarshal(text, GenericKubernetesResource.class);
    }
}
