package dev.trestle.core.inputs;

import dev.trestle.api.Reason;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What of a repository does not do in an image what its authors expect. The build goes on.
 *
 * @param message says what, where and what to do
 */
public record SourceWarning(Reason reason, String message) {

    /** All of them as one text. */
    public static String text(List<SourceWarning> warnings) {
        return warnings.stream().map(SourceWarning::message).collect(Collectors.joining(" "));
    }
}
