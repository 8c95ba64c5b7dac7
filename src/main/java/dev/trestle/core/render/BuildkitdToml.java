package dev.trestle.core.render;

import dev.trestle.api.Trust;
import dev.trestle.core.config.Configuration;
import dev.trestle.core.config.Registry;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The operator's part of buildkitd.toml: the registries, and for untrusted builds the frontends that they may use.
 *
 * @see <a href="https://github.com/moby/buildkit/blob/v0.33.1/docs/buildkitd.toml.md">buildkitd.toml</a>
 */
final class BuildkitdToml {
    private BuildkitdToml() {}

    static String of(Configuration configuration, Trust trust) {
        var sections = configuration.registries().stream().map(BuildkitdToml::section);
        var frontends = trust == Trust.Trusted
                ? Stream.<String>empty()
                : Stream.of(gateway(configuration.untrusted().frontends()));
        return Stream.concat(sections, frontends).collect(Collectors.joining("\n"));
    }

    /** Through the gateway a Dockerfile's own frontend is run, which could ask BuildKit for anything; an empty list would allow all. */
    private static String gateway(List<String> allowed) {
        var repositories = allowed.stream().map("\"%s\""::formatted).collect(Collectors.joining(", ", "[", "]"));
        return "[frontend.\"gateway.v0\"]\n"
                + (allowed.isEmpty() ? "  enabled = false\n" : "  allowedRepositories = %s\n".formatted(repositories));
    }

    private static String section(Registry registry) {
        var text = new StringBuilder("[registry.\"%s\"]\n".formatted(registry.host()));
        if (registry.plainHttp()) {
            text.append("  http = true\n");
        }
        if (!registry.mirrors().isEmpty()) {
            text.append(registry.mirrors().stream()
                    .map("\"%s\""::formatted)
                    .collect(Collectors.joining(", ", "  mirrors = [", "]\n")));
        }
        return text.toString();
    }
}
