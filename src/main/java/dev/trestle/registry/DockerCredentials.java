package dev.trestle.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import land.oras.ContainerRef;
import land.oras.auth.AuthProvider;
import land.oras.auth.AuthScheme;
import org.jspecify.annotations.Nullable;

/**
 * Credentials from the config.json of a mounted {@code kubernetes.io/dockerconfigjson} Secret.
 *
 * <p>ORAS's own store fails on a password with a colon and on Docker Hub's key, {@code https://index.docker.io/v1/}. Credential
 * helpers are programs, which a pod does not have; they are passed over.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/containers/images/#config-json">how Kubernetes reads config.json</a>
 */
public final class DockerCredentials implements AuthProvider {

    private final Map<String, String> headers;

    private DockerCredentials(Map<String, String> headers) {
        this.headers = Map.copyOf(headers);
    }

    /**
     * Reads {@code config.json} in this folder; without the file there are no credentials.
     *
     * @throws IllegalArgumentException when the file cannot be understood; its content is not in the message
     */
    public static DockerCredentials in(Path folder) {
        var file = folder.resolve("config.json");
        if (!Files.exists(file)) {
            return new DockerCredentials(Map.of());
        }
        try {
            var headers = new HashMap<String, String>();
            var auths = new JsonMapper().readTree(Files.readString(file)).path("auths");
            auths.properties().forEach(auth -> header(auth.getValue(), headers, key(auth.getKey())));
            return new DockerCredentials(headers);
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'%s' cannot be read as a Docker config.json; make the Secret with kubectl create secret docker-registry."
                            .formatted(file));
        }
    }

    private static void header(JsonNode auth, Map<String, String> headers, String key) {
        var encoded = auth.path("auth").asText();
        if (encoded.isEmpty() && auth.path("username").isTextual()) {
            var pair =
                    auth.path("username").asText() + ":" + auth.path("password").asText();
            encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        }
        if (!encoded.isEmpty()) {
            headers.put(key, "Basic " + encoded.strip());
        }
    }

    private static String key(String written) {
        var bare = written.replaceFirst("^https?://", "")
                .replaceFirst("/v[12]/?$", "")
                .replaceFirst("/$", "");
        return switch (bare) {
            case "index.docker.io", "registry-1.docker.io" -> "docker.io";
            default -> bare;
        };
    }

    /** The header for the most specific entry: the repository, its parents, then the registry. */
    @Override
    public @Nullable String getAuthHeader(ContainerRef reference) {
        var key = reference.getRegistry() + "/" + reference.getFullRepository();
        while (!headers.containsKey(key) && key.contains("/")) {
            key = key.substring(0, key.lastIndexOf('/'));
        }
        return headers.get(key);
    }

    @Override
    public AuthScheme getAuthScheme() {
        return AuthScheme.BASIC;
    }
}
