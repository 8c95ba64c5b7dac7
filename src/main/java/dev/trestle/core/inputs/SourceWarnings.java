package dev.trestle.core.inputs;

import dev.trestle.api.Reason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Finds parts of a repository that act in an image otherwise than its authors expect. */
final class SourceWarnings {
    private static final String IGNORE_FILE = ".dockerignore";

    private final FileRecipe recipe;
    private final Selections selections;

    SourceWarnings(FileRecipe recipe, Selections selections) {
        this.recipe = recipe;
        this.selections = selections;
    }

    /**
     * @param copied files that the Dockerfile reads, as paths and globs of the repository
     * @param inputs files of the image, likewise
     */
    List<SourceWarning> of(Collection<String> copied, Collection<String> inputs) {
        var warnings = new ArrayList<SourceWarning>();
        if (copied.contains(recipe.context())) {
            ignoreFiles()
                    .filter(path -> selections.tree().objectId(path).isPresent())
                    .findFirst()
                    .ifPresent(path -> warnings.add(ignored(path)));
        }
        inputs.stream()
                .flatMap(pattern -> selections.largeFile(pattern).stream())
                .findFirst()
                .ifPresent(path -> warnings.add(large(path)));
        return warnings;
    }

    /** BuildKit would take the first. */
    private Stream<String> ignoreFiles() {
        return Stream.of(
                recipe.dockerfile() + IGNORE_FILE,
                recipe.context().equals(".") ? IGNORE_FILE : recipe.context() + "/" + IGNORE_FILE);
    }

    private static SourceWarning ignored(String path) {
        return new SourceWarning(
                Reason.IgnoreFileUnused,
                "'%s' has no effect, since the context is a git repository: the image gets the files that it names as well. Name in the Dockerfile what to copy, or use 'COPY --exclude'."
                        .formatted(PathText.shown(path)));
    }

    private static SourceWarning large(String path) {
        return new SourceWarning(
                Reason.LfsPointers,
                "'%s' is kept in Git LFS, which BuildKit does not fetch: the image gets its pointer file. Fetch the file in a step of the Dockerfile, or keep it in git itself."
                        .formatted(PathText.shown(path)));
    }
}
