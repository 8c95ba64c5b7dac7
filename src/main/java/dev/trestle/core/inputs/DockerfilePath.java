package dev.trestle.core.inputs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Where the Dockerfile of a recipe stands in a tree. BuildKit takes {@code dockerfile} where there is no {@code Dockerfile}.
 *
 * @param files that decide it, by path; empty for a file that is not there
 * @param file the one whose text counts
 * @param leadsThroughLink whether it stands elsewhere, or may
 * @see <a href="https://github.com/moby/buildkit/blob/v0.33.1/frontend/dockerui/config.go">BuildKit, ReadEntrypoint</a>
 */
public record DockerfilePath(
        SequencedMap<String, Optional<String>> files, Optional<String> file, boolean leadsThroughLink) {
    private static final String USUAL = "Dockerfile";

    /** @param path as {@link FileRecipe} has it */
    public static DockerfilePath of(String path, SourceTree tree) {
        var files = new LinkedHashMap<String, Optional<String>>();
        var submodule = tree.submodulesOf(path).findFirst().map(Map.Entry::getValue);
        var own = tree.objectId(path).filter(id -> !SourceTree.isSubmodule(id));
        files.put(path, submodule.or(() -> tree.objectId(path)));
        if (submodule.isPresent()) {
            return new DockerfilePath(files, Optional.empty(), false);
        }
        var other = own.isPresent() ? Optional.<String>empty() : lowerCase(path);
        var lower = other.flatMap(tree::objectId).filter(id -> !SourceTree.isSubmodule(id));
        lower.ifPresent(id -> files.put(other.orElseThrow(), Optional.of(id)));
        return new DockerfilePath(
                files,
                own.map(_ -> path).or(() -> lower.flatMap(_ -> other)),
                tree.leadsThroughLink(path)
                        || other.filter(tree::leadsThroughLink).isPresent());
    }

    /** Whether the tree has it, or a submodule may. */
    boolean exists() {
        return files.values().stream().anyMatch(Optional::isPresent);
    }

    private static Optional<String> lowerCase(String path) {
        var name = path.substring(path.lastIndexOf('/') + 1);
        return name.equals(USUAL)
                ? Optional.of(path.substring(0, path.length() - name.length()) + "dockerfile")
                : Optional.empty();
    }
}
