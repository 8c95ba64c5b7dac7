package dev.trestle.core.inputs;

import dev.trestle.core.dockerfile.DockerfileReads;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.Collectors;

/** The paths of the build context that a Dockerfile reads: by COPY, by ADD and by bind mounts, in the stages that the build needs. */
final class CopiedPaths {
    /** Each is looked up in the tree. */
    private static final int MOST = 2_000;
    /** Each of them is compared with the tree's files. */
    private static final int MOST_GLOBS = 100;

    private static final int LONGEST = 4_096;

    private CopiedPaths() {}

    /**
     * @return paths and globs relative to the context, {@code .} for all of it. Empty when it cannot be told: the reader says so, there are
     *     more than 2,000, or 100 globs, or one is longer than 4,096 characters, as no file is
     */
    static Optional<SequencedSet<String>> of(DockerfileReads reads) {
        return switch (reads) {
            case DockerfileReads.Unknown _ -> Optional.empty();
            case DockerfileReads.Paths found -> fitting(found.paths());
        };
    }

    private static Optional<SequencedSet<String>> fitting(List<String> globs) {
        SequencedSet<String> paths =
                globs.stream().map(PathText::withoutReplacements).collect(Collectors.toCollection(LinkedHashSet::new));
        var fits = paths.size() <= MOST
                && paths.stream().filter(Glob::hasWildcard).count() <= MOST_GLOBS
                && paths.stream().allMatch(path -> path.length() <= LONGEST);
        return fits ? Optional.of(paths) : Optional.empty();
    }
}
