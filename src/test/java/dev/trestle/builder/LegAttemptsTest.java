package dev.trestle.builder;

import static dev.trestle.builder.LegFixture.failure;
import static dev.trestle.builder.LegFixture.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a leg's script builds again in the same pod, and with what. The cases of 'attempts' are played one after another, the last for ever. */
class LegAttemptsTest {
    private static final String[] OPTIONS = {
        "--output",
        "type=image,\"name=quay.io/other/app:x,docker.io/acme/app:x\",push=true",
        "--import-cache",
        "type=registry,ref=r/c:x",
        "--export-cache",
        "type=registry,ref=r/c:x"
    };
    private static final String IMPORTED =
            "{\"vertexes\":[{\"digest\":\"sha256:c\",\"name\":\"importing cache manifest from r/c:x\",\"completed\":\"2026-11-21T12:00:00Z\"}]}\n";
    private static final String FORBIDDEN =
            "failed to push quay.io/other/app:x: unexpected status from POST request to https://quay.io/v2/other/app/blobs/uploads/: 403 Forbidden";
    private static final String NO_LAYER =
            "failed to compute cache key: failed to copy: httpReadSeeker: failed open: could not fetch content descriptor sha256:aa (application/vnd.oci.image.layer.v1.tar+gzip) from remote: not found";

    @TempDir
    private Path folder;

    private LegFixture fixture;

    @BeforeEach
    void daemonListens() throws IOException {
        fixture = LegFixture.in(folder);
        var bin = Files.createDirectory(folder.resolve("bin"));
        Files.writeString(bin.resolve("buildctl"), """
                #!/usr/bin/env bash
                count=$(($(ls "%1$s" | grep -c '^options-') + 1))
                printf '%%s\\n' "$@" >"%1$s/options-$count"
                [[ -z ${DOCKER_CONFIG:-} ]] || cp "$DOCKER_CONFIG/config.json" "%1$s/config-$count"
                [[ ! -e %1$s/renewal ]] || mv "%1$s/renewal" "%1$s/docker/config.json"
                export CASE=%1$s/attempt-$count
                [[ -e $CASE ]] || CASE=$(ls -d "%1$s"/attempt-* | tail -1)
                exec "%2$s/buildctl" "$@"
                """.formatted(folder, BuilderScript.RECORDINGS.resolve("replay")));
        assertThat(bin.resolve("buildctl").toFile().setExecutable(true)).isTrue();
    }

    @AfterEach
    void daemonEnds() throws IOException {
        fixture.close();
    }

    @Test
    void aBrokenCacheIsLeftOutAndWrittenAgain() throws Exception {
        fails(1, NO_LAYER, IMPORTED);
        succeeds(2);

        var outcome = script("").run("trestle-leg", OPTIONS);

        assertThat(outcome.exitCode()).isZero();
        assertThat(result(outcome).path("cacheImport").asText()).isEqualTo("Broken");
        assertThat(outcome.output()).contains("the cache is broken");
        assertThat(options(1)).contains("--import-cache");
        assertThat(options(2))
                .doesNotContain("--import-cache")
                .containsSequence("--export-cache", "type=registry,ref=r/c:x");
    }

    @Test
    void aLayerThatIsGoneThoughNoCacheWasReadIsNotTheCaches() throws Exception {
        fails(1, NO_LAYER, "");

        var outcome = script("").run("trestle-leg", OPTIONS);

        assertThat(failure(outcome).path("reason").asText()).isEqualTo("LayerUnavailable");
        assertThat(attempts()).isEqualTo(1);
    }

    @Test
    void aFailureWithoutTheBrokenCacheSaysThatItIsBroken() throws Exception {
        fails(1, NO_LAYER, IMPORTED);
        fails(2, "process \"/bin/sh -c x\" did not complete successfully: exit code: 1", "");

        var outcome = script("").run("trestle-leg", OPTIONS);

        assertThat(failure(outcome).path("reason").asText()).isEqualTo("StepFailed");
        assertThat(failure(outcome).path("message").asText()).contains("a layer of the cache cannot be read");
        assertThat(attempts()).isEqualTo(2);
    }

    @Test
    void aPushThatIsDeniedOnceIsTriedAgain() throws Exception {
        fails(1, FORBIDDEN, "");
        succeeds(2);

        var outcome = script("0 0").run("trestle-leg", OPTIONS);

        assertThat(outcome.exitCode()).isZero();
        assertThat(attempts()).isEqualTo(2);
    }

    @Test
    void aPushThatIsDeniedEachTimeIsTheUsers() throws Exception {
        fails(1, FORBIDDEN, "");

        var outcome = script("0 0").run("trestle-leg", OPTIONS);

        assertThat(failure(outcome).path("reason").asText()).isEqualTo("PushDenied");
        assertThat(attempts()).isEqualTo(3);
    }

    @Test
    void aRegistryThatForgetsAnUploadIsAskedAgain() throws Exception {
        fails(1, "failed to push quay.io/other/app:x: unknown: blob upload unknown to registry", "");
        succeeds(2);

        assertThat(script("0").run("trestle-leg", OPTIONS).exitCode()).isZero();
    }

    @Test
    void aRepositoryThatDoesNotExistIsNotTriedAgain() throws Exception {
        fails(1, "failed to push quay.io/other/app:x: denied: The repository does not exist", "");

        var outcome = script("0 0").run("trestle-leg", OPTIONS);

        assertThat(failure(outcome).path("reason").asText()).isEqualTo("PushDenied");
        assertThat(attempts()).isEqualTo(1);
    }

    @Test
    void credentialsThatWereRenewedMeanwhileAreTried() throws Exception {
        fails(
                1,
                "failed to push quay.io/other/app:x: push access denied: insufficient_scope: authorization failed",
                "");
        succeeds(2);
        Files.createDirectory(folder.resolve("docker"));
        Files.writeString(folder.resolve("docker/config.json"), "{\"auths\":{\"quay.io\":{\"auth\":\"b2xk\"}}}");
        Files.writeString(folder.resolve("renewal"), "{\"auths\":{\"quay.io\":{\"auth\":\"bmV3\"}}}");

        var outcome = script("")
                .with("DOCKER_CONFIG", folder.resolve("docker").toString())
                .run("trestle-leg", OPTIONS);

        assertThat(outcome.exitCode()).isZero();
        assertThat(Files.readString(folder.resolve("config-2"))).contains("bmV3");
    }

    @Test
    void buildctlFindsTheCredentialsThatKubernetesFinds() throws Exception {
        succeeds(1);
        Files.createDirectory(folder.resolve("docker"));
        Files.writeString(folder.resolve("docker/config.json"), """
                {"auths": {"quay.io/acme": {"auth": "YQ=="}, "quay.io/other": {"auth": "Yg=="}, "quay.io/other/app2": {"auth": "eA=="},
                  "docker.io": {"auth": "ZA=="}, "ghcr.io": {"auth": "Zw==", "identitytoken": "t"}}}
                """);

        script("").with("DOCKER_CONFIG", folder.resolve("docker").toString()).run("trestle-leg", OPTIONS);

        assertThat(new ObjectMapper().readTree(folder.resolve("config-1").toFile()))
                .isEqualTo(new ObjectMapper().readTree("""
                        {"auths": {"quay.io": {"auth": "Yg=="}, "https://index.docker.io/v1/": {"auth": "ZA=="},
                          "ghcr.io": {"auth": "Zw==", "identitytoken": "t"}}}
                        """));
    }

    @Test
    void aLegThatIsEndedWhileItWaitsIsInterrupted() throws Exception {
        fails(1, FORBIDDEN, "");
        var process = script("60").start("trestle-leg", OPTIONS);
        await().until(() -> Files.readString(folder.resolve("output")).contains("the next attempt is in 60 s"));

        process.destroy();

        var outcome = fixture.leg().await(process);
        assertThat(failure(outcome).path("reason").asText()).isEqualTo("Interrupted");
        assertThat(attempts()).isEqualTo(1);
    }

    private BuilderScript script(String waits) {
        return fixture.leg()
                .with("TRESTLE_AGAIN_SECONDS", waits)
                .with("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
    }

    private void fails(int attempt, String error, String trace) throws IOException {
        var recording = Files.createDirectory(folder.resolve("attempt-" + attempt));
        Files.writeString(recording.resolve("exit-code"), "1\n");
        Files.writeString(recording.resolve("output"), "error: failed to solve: " + error + "\n");
        Files.writeString(recording.resolve("trace"), trace);
    }

    private void succeeds(int attempt) throws IOException {
        var recording = Files.createDirectory(folder.resolve("attempt-" + attempt));
        for (var name : List.of("exit-code", "output", "trace", "metadata")) {
            Files.copy(BuilderScript.RECORDINGS.resolve("cold").resolve(name), recording.resolve(name));
        }
    }

    private List<String> options(int attempt) throws IOException {
        return Files.readAllLines(folder.resolve("options-" + attempt));
    }

    private long attempts() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("options-"))
                    .count();
        }
    }
}
