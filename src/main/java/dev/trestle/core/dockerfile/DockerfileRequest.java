package dev.trestle.core.dockerfile;

import java.util.List;
import java.util.Optional;

/**
 * Asks which files one build reads by its Dockerfile.
 *
 * @param text the Dockerfile's
 * @param arguments those that the build sets or may set, one per name
 * @param target the stage to build; the last one when empty
 */
public record DockerfileRequest(String text, List<ArgumentValues> arguments, Optional<String> target) {
    public DockerfileRequest {
        arguments = List.copyOf(arguments);
    }
}
