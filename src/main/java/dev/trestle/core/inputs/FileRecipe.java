package dev.trestle.core.inputs;

import dev.trestle.api.BackendBuildSpec;
import dev.trestle.api.BuildArg;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What of a spec decides which files an image is made of.
 *
 * @param inputs declared paths and globs; those with {@code !} take files out
 * @param dockerfile its path, as git has it
 * @param context folder, as git has it; {@code .} for the whole repository
 * @param buildArgs as the Dockerfile gets them
 */
public record FileRecipe(List<String> inputs, String dockerfile, String context, List<BuildArg> buildArgs) {
    private static final String KEEP_GIT_FOLDER = "BUILDKIT_CONTEXT_KEEP_GIT_DIR";
    private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "True", "TRUE");

    public FileRecipe {
        inputs = List.copyOf(inputs);
        dockerfile = plain(dockerfile);
        context = plain(context);
        buildArgs = List.copyOf(buildArgs);
    }

    /** Whether BuildKit leaves {@code .git} in the context; the last of equal names counts, as in Go's ParseBool. */
    boolean keepsGitFolder() {
        return buildArgs.stream()
                .filter(arg -> arg.name().equals(KEEP_GIT_FOLDER))
                .reduce((_, last) -> last)
                .filter(arg -> TRUE.contains(arg.value()))
                .isPresent();
    }

    /** {@code ./backend//Dockerfile} is {@code backend/Dockerfile}. */
    private static String plain(String path) {
        var names = Stream.of(path.split("/", -1)).filter(name -> !name.isEmpty() && !name.equals("."));
        var plain = names.collect(Collectors.joining("/"));
        return plain.isEmpty() ? "." : plain;
    }

    public static FileRecipe of(BackendBuildSpec spec) {
        return new FileRecipe(
                spec.source().git().inputs(), spec.effectiveDockerfile(), spec.effectiveContext(), spec.buildArgs());
    }
}
