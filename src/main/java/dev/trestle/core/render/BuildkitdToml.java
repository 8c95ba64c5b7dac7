package dev.trestle.core.render;

import dev.trestle.core.config.Registry;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The registries' part of buildkitd.toml.
 *
 * @see <a href="https://github.com/moby/buildkit/blob/v0.33.1/docs/buildkitd.toml.md">buildkitd.toml</a>
 */
final class BuildkitdToml {
    private BuildkitdToml() {}

    static String of(List<Registry> registries) {
        return registries.stream().map(BuildkitdToml::section).collect(Collectors.joining("\n"));
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
