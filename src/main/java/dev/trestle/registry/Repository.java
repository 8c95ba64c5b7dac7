package dev.trestle.registry;

import java.util.regex.Pattern;

/**
 * A repository of a registry, such as {@code quay.io/acme/backends}.
 *
 * @param host the registry as people write it, with its port if it has one
 * @param path the repository's name within the registry
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pulling-manifests">the form of names and tags</a>
 */
public record Repository(String host, String path) {

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]+(:[0-9]{1,5})?|\\[[0-9a-fA-F:]+](:[0-9]{1,5})?");
    private static final Pattern PATH =
            Pattern.compile("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

    /**
     * Reads {@code host/path}. The host is never guessed: a first part without a dot or a port that is not {@code localhost} is refused.
     *
     * @throws IllegalArgumentException when {@code text} has another form
     */
    public static Repository parse(String text) {
        var slash = text.indexOf('/');
        var host = slash < 0 ? "" : text.substring(0, slash);
        var path = text.substring(slash + 1);
        var isHost = host.contains(".") || host.contains(":") || host.equals("localhost");
        if (!isHost || !HOST.matcher(host).matches() || !PATH.matcher(path).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no repository; write the registry's host and the name, such as 'quay.io/acme/backends'."
                            .formatted(text));
        }
        return new Repository(host, host.equals("docker.io") && !path.contains("/") ? "library/" + path : path);
    }

    /**
     * Returns {@code tag} when it has the form of one.
     *
     * @throws IllegalArgumentException when it has not
     */
    public static String requireTag(String tag) {
        if (!TAG.matcher(tag).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no tag; up to 128 letters, digits, '_', '.', '-' may be one, not beginning with '.' or '-'."
                            .formatted(tag));
        }
        return tag;
    }

    /** Where the registry answers, which for Docker Hub is another name than people write. */
    String apiHost() {
        return host.equals("docker.io") ? "registry-1.docker.io" : host;
    }

    @Override
    public String toString() {
        return host + "/" + path;
    }
}
