package dev.trestle.core.inputs;

import dev.trestle.api.BuildArg;
import dev.trestle.core.dockerfile.ContextPath;
import dev.trestle.core.dockerfile.Dockerfile;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.Collectors;

/** The paths of the build context that a Dockerfile reads: by COPY, by ADD and by bind mounts, in all of its stages. */
final class CopiedPaths {
    private static final int MOST = 32;
    /** A glob may come to two inputs, and a status holds 128 with those that are declared. */
    private static final int MOST_INPUTS = 48;

    private static final int LONGEST = 512;

    private CopiedPaths() {}

    /**
     * @param buildArgs what the build gives; the Dockerfile's own defaults hold for the others
     * @return paths and globs relative to the context, {@code .} for all of it; a path with a variable of unknown value becomes a glob.
     *     Empty when it cannot be told: there are more than 32, or another frontend than Docker's reads the file
     */
    static Optional<SequencedSet<String>> of(Dockerfile dockerfile, List<BuildArg> buildArgs) {
        var given = buildArgs.stream().collect(Collectors.toMap(BuildArg::name, BuildArg::value, (_, last) -> last));
        return dockerfile
                .reads(given)
                .<SequencedSet<String>>map(paths ->
                        paths.stream().map(ContextPath::text).collect(Collectors.toCollection(LinkedHashSet::new)))
                .filter(paths -> paths.size() <= MOST)
                .filter(paths -> paths.stream().mapToInt(CopiedPaths::inputs).sum() <= MOST_INPUTS)
                .filter(paths -> paths.stream().allMatch(path -> path.length() <= LONGEST));
    }

    private static int inputs(String path) {
        return Glob.hasWildcard(path) ? 2 : 1;
    }
}
