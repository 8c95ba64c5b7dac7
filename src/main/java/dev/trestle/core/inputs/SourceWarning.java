package dev.trestle.core.inputs;

import dev.trestle.api.Reason;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A part of a repository that acts in an image otherwise than its authors expect. The build goes on.
 *
 * @param message names the fault, the place and the way out
 */
public record SourceWarning(Reason reason, String message) {

    /** All of them as one text. */
    public static String text(List<SourceWarning> warnings) {
        return warnings.stream().map(SourceWarning::message).collect(Collectors.joining(" "));
    }
}
