package dev.trestle.core.inputs;

import dev.trestle.api.BuildArg;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/** The paths of the build context that a Dockerfile reads: by COPY, by ADD and by bind mounts. */
final class CopiedPaths {
    private CopiedPaths() {}

    /**
     * @param dockerfile its text
     * @param buildArgs what the build gives; the Dockerfile's own defaults hold for the others
     * @return paths and globs relative to the context; empty when it cannot be told, as when a path has a variable of unknown value
     */
    static Optional<SequencedSet<String>> of(String dockerfile, List<BuildArg> buildArgs) {
        return Optional.empty();
    }
}
