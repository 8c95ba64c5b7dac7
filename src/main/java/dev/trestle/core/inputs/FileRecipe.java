package dev.trestle.core.inputs;

import dev.trestle.api.BackendBuildSpec;
import dev.trestle.api.BuildArg;
import java.util.List;
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
    public FileRecipe {
        inputs = List.copyOf(inputs);
        dockerfile = plain(dockerfile);
        context = plain(context);
        buildArgs = List.copyOf(buildArgs);
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
