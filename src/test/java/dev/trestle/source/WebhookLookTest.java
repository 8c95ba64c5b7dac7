package dev.trestle.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trestle.core.inputs.FileRecipe;
import dev.trestle.core.plan.SourceView;
import dev.trestle.dockerfile.KnownReads;
import dev.trestle.dockerfile.ReaderProgram;
import dev.trestle.runtime.WebhookEndpoint;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a webhook to the new commit, with a git server, an endpoint and threads as in the operator. */
class WebhookLookTest {
    private static final String SECRET = "0123456789abcdef";
    private static final FileRecipe RECIPE = new FileRecipe(List.of(), "Dockerfile", ".", List.of());

    @Test
    void aWebhookBringsTheNewCommitLongBeforeTheNextLook(@TempDir Path folder) throws Exception {
        Files.writeString(Files.createDirectories(folder.resolve("secrets")).resolve("token"), SECRET);
        try (var executor = Executors.newScheduledThreadPool(2);
                var server = new GitServer(folder.resolve("server"));
                var watch = watch(folder, server, executor);
                var endpoint = new WebhookEndpoint(
                        0,
                        folder.resolve("secrets"),
                        watch::lookAt,
                        executor,
                        Duration.ofSeconds(10),
                        new SimpleMeterRegistry())) {
            var followed = new Followed(server.url(), GitServer.REF);
            var first = server.commit("first");
            awaitCommit(watch, followed, first);

            var second = server.commit("second");
            assertThat(post(endpoint.port(), server.url())).isEqualTo(202);
            awaitCommit(watch, followed, second);
        }
    }

    private static void awaitCommit(SourceWatch watch, Followed followed, String commit) {
        await().until(() -> watch.viewOf(followed, RECIPE, Optional.empty()) instanceof SourceView.Known known
                && known.revision().equals(commit));
    }

    private static SourceWatch watch(Path folder, GitServer server, ScheduledExecutorService executor) {
        var reader = new JGitReader(folder.resolve("mirrors"), Limits.USUAL, GitServer.listing(server.host()));
        var wanted = new WantedNow(() -> Set.of(new Followed(server.url(), GitServer.REF)), () -> Set.of(RECIPE));
        return new SourceWatch(
                reader,
                new KnownReads(ReaderProgram::reads, executor),
                new Pace(() -> Duration.ofHours(1), () -> 0.5),
                wanted,
                executor,
                _ -> {});
    }

    private static int post(int port, String url) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/webhook".formatted(port)))
                .header("X-Gitlab-Token", SECRET)
                .POST(BodyPublishers.ofString("{\"project\": {\"git_http_url\": \"%s\"}}".formatted(url)))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.discarding()).statusCode();
        }
    }
}
