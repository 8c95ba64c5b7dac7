package dev.trestle.core.refresh;

import dev.trestle.api.Schema;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An image that a base is built from, by its tag. Equal when it is the same place: {@code ubuntu:24.04} is
 * {@code docker.io/library/ubuntu:24.04}.
 *
 * @param repository with the registry's host and the whole path
 */
public record UpstreamImage(String repository, String tag) {

    private static final String DOCKER_HUB = "docker.io";
    private static final Pattern READABLE = Pattern.compile(Schema.UPSTREAM);
    private static final Pattern WITH_HOST = Pattern.compile("(" + Schema.HOST + ")/(.+)");

    /**
     * Reads an image as it stands after {@code FROM}. Without a registry it is Docker Hub's, without a tag it is {@code latest}.
     *
     * @throws IllegalArgumentException when it has another form, or names a digest, which never moves
     * @see <a href="https://github.com/distribution/reference/blob/v0.6.0/normalize.go">how Docker completes names</a>
     */
    public static UpstreamImage parse(String text) {
        if (text.contains("@")) {
            throw new IllegalArgumentException(
                    "Upstream image '%s' names a digest, which never moves; name a tag, such as 'ubuntu:24.04', or leave it out."
                            .formatted(text));
        }
        if (!READABLE.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no image; write it as after FROM, in lower case, such as 'ubuntu:24.04' or 'quay.io/acme/base:v1'."
                            .formatted(text));
        }
        var colon = text.indexOf(':', text.lastIndexOf('/') + 1);
        var name = colon < 0 ? text : text.substring(0, colon);
        return new UpstreamImage(complete(name), colon < 0 ? "latest" : text.substring(colon + 1));
    }

    /** The image, or nothing when the text is none. */
    public static Optional<UpstreamImage> read(String text) {
        return text.contains("@") || !READABLE.matcher(text).matches() ? Optional.empty() : Optional.of(parse(text));
    }

    private static String complete(String name) {
        var found = WITH_HOST.matcher(name);
        var host = found.matches() ? Optional.of(found.group(1)) : Optional.<String>empty();
        var path = host.map(given -> name.substring(given.length() + 1)).orElse(name);
        var isOfficial = host.orElse(DOCKER_HUB).equals(DOCKER_HUB) && !path.contains("/");
        return host.orElse(DOCKER_HUB) + "/" + (isOfficial ? "library/" + path : path);
    }

    @Override
    public String toString() {
        return repository + ":" + tag;
    }
}
