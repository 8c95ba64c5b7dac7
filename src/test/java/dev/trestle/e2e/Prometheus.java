package dev.trestle.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A real Prometheus with the shipped alerts, that scrapes one operator each second. What the alerts wait for is cut to nothing. */
final class Prometheus implements AutoCloseable {
    private static final Path RULES = Path.of("charts/trestle/files/rules.yaml");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final int port;

    /** @param target host and port of the metrics */
    Prometheus(Path folder, String target) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve("rules.yaml"), Files.readString(RULES).replaceAll("(?m)^( +for:) .*$", "$1 0s"));
        Files.writeString(folder.resolve("prometheus.yml"), """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: [rules.yaml]
                scrape_configs:
                - {job_name: trestle, honor_labels: true, static_configs: [{targets: ['%s']}]}
                """.formatted(target));
        port = freePort();
        process = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + folder.resolve("prometheus.yml"),
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
    }

    /** Severities of the alerts of this name that fire for this base. */
    Stream<String> firing(String alert, String namespace, String base) {
        return StreamSupport.stream(alerts().spliterator(), false)
                .filter(found -> found.path("state").asText().equals("firing"))
                .map(found -> found.path("labels"))
                .filter(labels -> labels.path("alertname").asText().equals(alert))
                .filter(labels -> labels.path("namespace").asText().equals(namespace))
                .filter(labels -> labels.path("base").asText().equals(base))
                .map(labels -> labels.path("severity").asText());
    }

    /** Empty until it listens. */
    private JsonNode alerts() {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/alerts"))
                .build();
        try {
            return JSON.readTree(http.send(request, BodyHandlers.ofString()).body())
                    .path("data")
                    .path("alerts");
        } catch (IOException e) {
            return JSON.createArrayNode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        http.close();
    }
}
