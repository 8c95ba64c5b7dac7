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
    /** Each is looked up in the tree. */
    private static final int MOST = 2_000;
    /** Each of them is compared with the tree's files. */
    private static final int MOST_GLOBS = 100;

    private static final int LONGEST = 4_096;

    private CopiedPaths() {}

    /**
     * @param buildArgs what the build gives; the Dockerfile's own defaults hold for the others
     * @return paths and globs relative to the context, {@code .} for all of it; a path with a variable of unknown value becomes a glob.
     *     Empty when it cannot be told: there are more than 2,000, or 100 globs, or one is longer than 4,096 characters, as no file is, or
     *     another frontend than Docker's reads the file
     */
    static Optional<SequencedSet<String>> of(Dockerfile dockerfile, List<BuildArg> buildArgs) {
        var given = buildArgs.stream().collect(Collectors.toMap(BuildArg::name, BuildArg::value, (_, last) -> last));
        return dockerfile
                .reads(given)
                .<SequencedSet<String>>map(paths -> paths.stream()
                        .map(ContextPath::text)
                        .map(PathText::withoutReplacements)
                        .collect(Collectors.toCollection(LinkedHashSet::new)))
                .filter(paths -> paths.size() <= MOST)
                .filter(paths -> paths.stream().filter(Glob::hasWildcard).count() <= MOST_GLOBS)
                .filter(paths -> paths.stream().allMatch(path -> path.length() <= LONGEST));
    }
}
