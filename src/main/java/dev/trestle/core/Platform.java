package dev.trestle.core;

import java.util.List;
import java.util.Optional;

/**
 * An OCI platform such as {@code linux/arm64} or {@code linux/arm/v7}.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/image-index.md">OCI image index 1.1.1, platform</a>
 */
public record Platform(String os, String architecture, Optional<String> variant) implements Comparable<Platform> {

    /** @throws IllegalArgumentException when the text has not two or three parts, or an empty one */
    public static Platform parse(String text) {
        var parts = List.of(text.split("/", -1));
        if (parts.size() < 2 || parts.size() > 3 || parts.contains("")) {
            throw new IllegalArgumentException("'" + text + "' is no platform; it must read like 'linux/arm64'");
        }
        return new Platform(parts.get(0), parts.get(1), parts.stream().skip(2).findFirst());
    }

    /** The architecture of the nodes that run it, as the label {@code kubernetes.io/arch} has it: no kubelet is built for 386. */
    public String nodeArchitecture() {
        return architecture.equals("386") ? "amd64" : architecture;
    }

    /** As it stands in tags and labels: {@code linux-arm-v7}. */
    public String dashed() {
        return toString().replace('/', '-');
    }

    /** As it stands in pod names, where every character counts: {@code arm-v7}. */
    public String shortName() {
        return os.equals("linux") ? dashed().substring("linux-".length()) : dashed();
    }

    @Override
    public int compareTo(Platform other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return os + "/" + architecture + variant.map(v -> "/" + v).orElse("");
    }
}
