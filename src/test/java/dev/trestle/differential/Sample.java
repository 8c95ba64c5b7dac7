package dev.trestle.differential;

import dev.trestle.api.BuildArg;
import dev.trestle.core.dockerfile.ArgumentValues;
import java.util.List;
import java.util.Optional;

/**
 * One Dockerfile that is built.
 *
 * @param dockerfile as the spec names it
 * @param file where it stands, mostly the same
 * @param operatorArg an argument that the operator sets itself, whose value the recipe does not have
 * @param inputs that the spec declares
 */
record Sample(
        String dockerfile,
        String file,
        String text,
        String context,
        List<BuildArg> buildArgs,
        Optional<OperatorArg> operatorArg,
        Optional<String> target,
        List<String> inputs) {

    /** @param known what the recipe has of it */
    record OperatorArg(BuildArg given, ArgumentValues known) {}

    Sample withoutInputs() {
        return new Sample(dockerfile, file, text, context, buildArgs, operatorArg, target, List.of());
    }

    Sample withText(String other) {
        return new Sample(dockerfile, file, other, context, buildArgs, operatorArg, target, inputs);
    }
}
