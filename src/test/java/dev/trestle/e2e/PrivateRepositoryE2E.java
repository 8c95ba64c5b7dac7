package dev.trestle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.ConditionStatus;
import dev.trestle.api.FailureReason;
import dev.trestle.api.GitSourceBuilder;
import dev.trestle.api.Source;
import dev.trestle.cluster.SharesCluster;
import dev.trestle.core.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A repository that not everybody may read is cloned with the Secret that its build names, and the password stays there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SharesCluster
class PrivateRepositoryE2E {
    private static final String USERNAME = "robot";
    private static final String PASSWORD = "s3cret-of-the-robot";

    private final TestCluster cluster;
    private final TestRegistry registry = new TestRegistry();
    private final Expect expect;
    private final PrivateGit git;

    PrivateRepositoryE2E() throws IOException, InterruptedException {
        cluster = TestCluster.open();
        expect = new Expect(cluster, registry);
        var name = cluster.namespace() + "-private";
        var folder = Files.createDirectories(Path.of("target", "e2e", name));
        Files.writeString(folder.resolve("Dockerfile"), "FROM scratch\nCOPY Dockerfile /made\n");
        git = new PrivateGit(cluster.git().publish(folder, name), USERNAME, PASSWORD);
    }

    @AfterAll
    void close() {
        git.close();
        cluster.close();
    }

    @Test
    void isBuiltWithItsSecretAndNothingTellsThePassword() {
        secret("reader", PASSWORD);
        cluster.apply(build("app", "reader"));
        expect.ready("app");

        assertThat(cluster.pods().labelled(Labels.BUILD, "app"))
                .singleElement()
                .satisfies(pod -> assertThat(Serialization.asYaml(pod) + log(pod, "build") + log(pod, "buildkitd"))
                        .contains("git-secret")
                        .doesNotContain(PASSWORD, PrivateGit.base64(USERNAME, PASSWORD)));
        assertThat(registry.texts(cluster.repository("app"), "v1"))
                .hasSizeGreaterThan(3)
                .anyMatch(text -> text.contains("slsa.dev/provenance"))
                .noneMatch(text -> text.contains(PASSWORD) || text.contains(PrivateGit.base64(USERNAME, PASSWORD)));

        secret("renamed", PASSWORD);
        var renamed = cluster.apply(build("app", "renamed"));
        cluster.await(
                "app",
                found -> Objects.equals(
                        found.getStatus().observedGeneration(),
                        renamed.getMetadata().getGeneration()));
        assertThat(Conditions.isReadyNow(cluster.build("app"))).isTrue();
        expect.mergedOnce("app");
        assertThat(cluster.pods().labelled(Labels.BUILD, "app")).hasSize(1);
    }

    @Test
    void aWrongPasswordIsToldWithWhatToDo() {
        secret("wrong", "guessed");
        cluster.apply(build("refused", "wrong"));
        cluster.await("refused", found -> Conditions.is(found, "Ready", ConditionStatus.False));

        var build = cluster.build("refused");
        var failure =
                Objects.requireNonNull(Conditions.firstLeg(build).orElseThrow().failure());
        assertThat(failure.reason()).isEqualTo(FailureReason.SourceDenied);
        assertThat(Conditions.find(build, "Ready").orElseThrow().message())
                .contains(
                        " under 'password' of Secret 'wrong', which 'spec.source.git.secret' names, then: trestle retry.");
        assertThat(cluster.pods().labelled(Labels.BUILD, "refused")).hasSize(1);
    }

    private BackendBuild build(String name, String secret) {
        var source = new Source(GitSourceBuilder.builder()
                .url(git.url())
                .secret(secret)
                .ref("refs/heads/main")
                .build());
        return Builds.named(name, Builds.onAmd64(source, "Dockerfile", List.of(), cluster.image("v1", name)));
    }

    private void secret(String name, String password) {
        cluster.apply(new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withType("kubernetes.io/basic-auth")
                .withStringData(Map.of("username", USERNAME, "password", password))
                .build());
    }

    private String log(Pod pod, String container) {
        return cluster.client()
                .pods()
                .inNamespace(cluster.namespace())
                .withName(pod.getMetadata().getName())
                .inContainer(container)
                .getLog();
    }
}
