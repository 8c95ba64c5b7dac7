package dev.trestle.core.inputs;

import dev.trestle.api.BackendBuildSpec;
import dev.trestle.api.BuildArg;
import java.util.List;

/**
 * What of a spec decides which files an image is made of.
 *
 * @param inputs declared paths and globs; those with {@code !} take files out
 * @param context folder; {@code .} for the whole repository
 * @param buildArgs as the Dockerfile gets them
 */
public record FileRecipe(List<String> inputs, String dockerfile, String context, List<BuildArg> buildArgs) {
    public FileRecipe {
        inputs = List.copyOf(inputs);
        buildArgs = List.copyOf(buildArgs);
    }

    public static FileRecipe of(BackendBuildSpec spec) {
        return new FileRecipe(
                spec.source().git().inputs(), spec.effectiveDockerfile(), spec.effectiveContext(), spec.buildArgs());
    }
}
