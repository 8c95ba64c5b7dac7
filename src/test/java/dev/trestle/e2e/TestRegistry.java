package dev.trestle.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What a registry holds, read over plain HTTP as any client would, without the operator's own code
 * (<a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md">OCI distribution</a>).
 */
public final class TestRegistry {
    private static final String ACCEPT =
            "application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json";

    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();

    /** A manifest or an index under its digest. */
    public record Manifest(String digest, JsonNode content) {

        /** The platforms of an index, as {@code os/architecture}; attestations are {@code unknown/unknown}. */
        public List<String> platforms() {
            return entries().stream().map(Manifest::platform).toList();
        }

        private List<JsonNode> entries() {
            return StreamSupport.stream(content.path("manifests").spliterator(), false)
                    .toList();
        }

        private static String platform(JsonNode entry) {
            var platform = entry.path("platform");
            return platform.path("os").asText() + "/"
                    + platform.path("architecture").asText();
        }

        String digestFor(String platform) {
            return entries().stream()
                    .filter(entry -> platform(entry).equals(platform))
                    .map(entry -> entry.path("digest").asText())
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("'%s' has no '%s'".formatted(digest, platform)));
        }
    }

    /**
     * What a tag or digest names, if the registry has it.
     *
     * @param repository with its registry, such as {@code registry.example.com:5000/acme/app}
     */
    public Optional<Manifest> find(String repository, String reference) {
        var response = get(repository, "manifests/" + reference);
        return switch (response.statusCode()) {
            case 200 ->
                Optional.of(new Manifest(
                        response.headers().firstValue("Docker-Content-Digest").orElseThrow(), read(response.body())));
            case 404 -> Optional.empty();
            default -> throw new AssertionError("%s: %d".formatted(response.uri(), response.statusCode()));
        };
    }

    /** The digest that a tag names now, or nothing. */
    public Optional<String> digest(String repository, String tag) {
        return find(repository, tag).map(Manifest::digest);
    }

    /** A label in the config of one platform's image of the index under this tag. */
    public String label(String repository, String tag, String platform, String label) {
        var index = find(repository, tag).orElseThrow();
        var image = find(repository, index.digestFor(platform)).orElseThrow();
        var config = get(
                repository,
                "blobs/" + image.content().path("config").path("digest").asText());
        return read(config.body()).path("config").path("Labels").path(label).asText();
    }

    /** Takes one platform's image of the index under this tag away, with all tags that name it, as a retention rule does. */
    public void lose(String repository, String tag, String platform) {
        delete(repository, find(repository, tag).orElseThrow().digestFor(platform));
    }

    /** Takes a tag away, and not what it names. */
    void untag(String repository, String tag) {
        delete(repository, tag);
    }

    private void delete(String repository, String reference) {
        var answer = send(request(repository, "manifests/" + reference).DELETE());
        if (answer.statusCode() != 202) {
            throw new AssertionError("%s: %d".formatted(answer.uri(), answer.statusCode()));
        }
    }

    /** All that is written of what a tag names: indexes, manifests, configurations and attestations. */
    List<String> texts(String repository, String reference) {
        var found = find(repository, reference).orElseThrow().content();
        var texts = new ArrayList<>(List.of(found.toString()));
        found.path("manifests")
                .forEach(entry ->
                        texts.addAll(texts(repository, entry.path("digest").asText())));
        Stream.concat(Stream.of(found.path("config")), found.path("layers").valueStream())
                .filter(blob -> blob.path("mediaType").asText().endsWith("json"))
                .map(blob -> get(repository, "blobs/" + blob.path("digest").asText()))
                .forEach(blob -> texts.add(blob.body()));
        return texts;
    }

    private HttpResponse<String> get(String repository, String path) {
        return send(request(repository, path).header("Accept", ACCEPT));
    }

    private static HttpRequest.Builder request(String repository, String path) {
        var slash = repository.indexOf('/');
        return HttpRequest.newBuilder(URI.create(
                "http://%s/v2/%s/%s".formatted(repository.substring(0, slash), repository.substring(slash + 1), path)));
    }

    private HttpResponse<String> send(HttpRequest.Builder builder) {
        var request = builder.build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("'%s' gets no answer".formatted(request), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted at '%s'".formatted(request), e);
        }
    }

    private JsonNode read(String body) {
        try {
            return json.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException("The registry's answer is no JSON: " + body, e);
        }
    }
}
