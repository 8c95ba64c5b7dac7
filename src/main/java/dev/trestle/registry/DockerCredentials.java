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
import java.util.Optional;

/**
 * Credentials from the config.json of a mounted {@code kubernetes.io/dockerconfigjson} Secret.
 *
 * <p>An entry may have a password, an {@code identitytoken} or a {@code registrytoken}; a token counts before a password, as for Docker:
 * Azure's registry puts a name of zeros beside its token. Credential helpers are programs, which a pod does not have; they are passed over.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/containers/images/#config-json">how Kubernetes reads config.json</a>
 */
public final class DockerCredentials implements Credentials {

    /** A Secret holds no more. */
    private static final long LONGEST = 1 << 20;

    private final Map<String, Credential> entries;

    private DockerCredentials(Map<String, Credential> entries) {
        this.entries = Map.copyOf(entries);
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
            if (Files.size(file) > LONGEST) {
                throw new IllegalArgumentException("too long");
            }
            var entries = new HashMap<String, Credential>();
            var auths = new JsonMapper().readTree(Files.readString(file)).path("auths");
            auths.properties()
                    .forEach(auth ->
                            credential(auth.getValue()).ifPresent(one -> entries.put(key(auth.getKey()), one)));
            return new DockerCredentials(entries);
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'%s' cannot be read as a Docker config.json; make the Secret with kubectl create secret docker-registry."
                            .formatted(file));
        }
    }

    private static Optional<Credential> credential(JsonNode auth) {
        var identity = auth.path("identitytoken").asText();
        if (!identity.isEmpty()) {
            return Optional.of(new Credential.IdentityToken(identity));
        }
        var access = auth.path("registrytoken").asText();
        if (!access.isEmpty()) {
            return Optional.of(new Credential.AccessToken(access));
        }
        var encoded = auth.path("auth").asText().strip();
        if (encoded.isEmpty() && auth.path("username").isTextual()) {
            var pair =
                    auth.path("username").asText() + ":" + auth.path("password").asText();
            encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        }
        return encoded.isEmpty() ? Optional.empty() : Optional.of(new Credential.Password(encoded));
    }

    private static String key(String written) {
        var bare = written.replaceFirst("^https?://", "")
                .replaceFirst("/v[12]/?$", "")
                .replaceFirst("/$", "");
        return bare.replaceFirst("^(index|registry-1)\\.docker\\.io(?=/|$)", "docker.io");
    }

    /** The most specific entry: of the repository, of its parents, then of the registry. */
    @Override
    public Optional<Credential> of(Repository repository) {
        var key = repository.toString();
        while (!entries.containsKey(key) && key.contains("/")) {
            key = key.substring(0, key.lastIndexOf('/'));
        }
        return Optional.ofNullable(entries.get(key));
    }
}
