package dev.trestle.core.inputs;

import dev.trestle.api.Input;
import java.util.List;

/**
 * The files of one recipe in one commit.
 *
 * @param inputs at most {@value FileInputs#MOST_COPIED} of paths that the Dockerfile names, besides those that the spec declares and a few
 *     of BuildKit's own: a status holds 128 inputs
 * @param others the paths and globs behind the input {@link FileInputs#OTHERS}; none while each path is an input of its own
 * @param warnings at most one of each reason
 */
public record RecipeFiles(List<Input> inputs, List<String> others, List<SourceWarning> warnings) {
    public RecipeFiles {
        inputs = List.copyOf(inputs);
        others = List.copyOf(others);
        warnings = List.copyOf(warnings);
    }

    /** The paths and globs that stand behind an input of that name. */
    List<String> patternsOf(String input) {
        return input.equals(FileInputs.OTHERS) ? others : List.of(input);
    }
}
