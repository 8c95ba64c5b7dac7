package dev.trestle.e2e;

import static dev.trestle.e2e.TestCluster.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.GitSourceBuilder;
import dev.trestle.api.LegState;
import dev.trestle.api.LegStatus;
import dev.trestle.api.Source;
import dev.trestle.cluster.OwnsCluster;
import dev.trestle.core.Labels;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two repositories of the same files: of pushes to one the operator is told, of those to the other it is not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@OwnsCluster
class WebhookE2E {
    private static final String TOLD = "told";
    private static final String LOST = "lost";
    private static final String HOUR = "3600";

    private final TestCluster cluster;
    private final Expect expect;
    private final Path files;
    private final String key;
    private final Secret secret;
    private final String installed;
    private final HttpClient http = HttpClient.newHttpClient();

    WebhookE2E() throws IOException, InterruptedException {
        cluster = TestCluster.open();
        expect = new Expect(cluster, new TestRegistry());
        files = Files.createDirectories(Path.of("target", "e2e", cluster.namespace() + "-webhook"));
        key = cluster.namespace() + "-is-long-enough";
        secret = new SecretBuilder()
                .withNewMetadata()
                .withName(repository("webhook"))
                .endMetadata()
                .addToStringData("secret", key)
                .build();
        installed = cluster.operator().revision();
    }

    /** Within the test there is no second look by time. */
    @BeforeAll
    void lookOnceAnHour() throws IOException, InterruptedException {
        cluster.operator().add(secret);
        cluster.operator()
                .upgrade("webhook.secretName=" + secret.getMetadata().getName(), "config.git.pollSeconds=" + HOUR);
    }

    @AfterAll
    void close() throws IOException, InterruptedException {
        http.close();
        cluster.operator().rollBack(installed);
        cluster.operator().remove(secret);
        cluster.close();
    }

    @Test
    void aSignedWebhookIsSeenAtOnceAForgedOneIsNotAndALostOneCostsTimeAlone() throws Exception {
        Files.writeString(files.resolve("Dockerfile"), "FROM scratch\nARG NONCE\nCOPY app /app\n");
        push("first", TOLD, LOST);
        List.of(TOLD, LOST).forEach(name -> {
            cluster.apply(build(name));
            expect.ready(name);
        });
        var first = fingerprint(TOLD);
        assertThat(fingerprint(LOST)).isEqualTo(first);

        push("second", TOLD, LOST);
        assertThat(answer(LOST, signature("another secret of 16 bytes", LOST))).isEqualTo(401);
        assertThat(answer(LOST, "sha256=")).isEqualTo(401);
        assertThat(answer(TOLD, signature(key, TOLD))).isEqualTo(202);
        awaitBuilt(TOLD, 2);
        var second = fingerprint(TOLD);
        assertThat(second).isNotEqualTo(first);
        // a look after the forged webhooks would have come before the one that has led to a build since
        assertThat(pods(LOST)).isEqualTo(1);

        cluster.operator().rollBack(installed);
        awaitBuilt(LOST, 2);
        assertThat(fingerprint(LOST)).isEqualTo(second);

        push("third", TOLD, LOST);
        awaitBuilt(TOLD, 3);
        awaitBuilt(LOST, 3);
        assertThat(fingerprint(LOST)).isEqualTo(fingerprint(TOLD)).isNotEqualTo(second);
    }

    private BackendBuild build(String name) {
        var source = new Source(
                GitSourceBuilder.builder().url(url(name)).ref("refs/heads/main").build());
        return Builds.named(
                name, Builds.onAmd64(source, "Dockerfile", List.of(cluster.nonce()), cluster.image("v1", name)));
    }

    private String repository(String name) {
        return cluster.namespace() + "-" + name;
    }

    private String url(String name) {
        return System.getenv("TRESTLE_GIT") + "/" + repository(name) + ".git";
    }

    private void push(String text, String... names) throws IOException, InterruptedException {
        Files.writeString(files.resolve("app"), text);
        for (var name : names) {
            cluster.git().publish(files, repository(name));
        }
    }

    private int answer(String name, String signature) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(
                        "http://%s/webhook".formatted(cluster.operator().webhooks())))
                .header("X-Hub-Signature-256", signature)
                .POST(BodyPublishers.ofString(body(name)))
                .build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }

    /** As GitHub's, but for all that is not read. */
    private String body(String name) {
        return "{\"ref\": \"refs/heads/main\", \"repository\": {\"clone_url\": \"%s\"}}".formatted(url(name));
    }

    private String signature(String key, String name) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body(name).getBytes(StandardCharsets.UTF_8)));
    }

    /** So many pods have built it, and its status tells of the last. */
    private void awaitBuilt(String name, int pods) {
        await().atMost(LIMIT).until(() -> pods(name) == pods);
        var last = cluster.pods()
                .labelled(Labels.BUILD, name)
                .getLast()
                .getMetadata()
                .getName();
        cluster.await(
                name,
                found -> Conditions.firstLeg(found)
                        .filter(leg -> leg.state() == LegState.Built && last.equals(leg.pod()))
                        .isPresent());
        expect.ready(name);
    }

    private int pods(String name) {
        return cluster.pods().labelled(Labels.BUILD, name).size();
    }

    private String fingerprint(String name) {
        return Conditions.firstLeg(cluster.build(name))
                .map(LegStatus::built)
                .orElseThrow()
                .fingerprint();
    }
}
