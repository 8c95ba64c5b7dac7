package dev.trestle.registry;

import dev.trestle.core.merge.FailureClass;
import org.jspecify.annotations.Nullable;

/** A registry did not do what was asked. The message names the repository, the registry's answer and the next step. */
public final class RegistryFailure extends RuntimeException {

    private final FailureClass failure;

    RegistryFailure(FailureClass failure, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.failure = failure;
    }

    public FailureClass failure() {
        return failure;
    }
}
