package dev.trestle.registry;

import dev.trestle.core.merge.FailureClass;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A registry did not do what was asked. The message names the repository, the registry's answer and the next step. */
public final class RegistryFailure extends RuntimeException {

    private final FailureClass failure;
    private final transient Optional<Duration> retryAfter;

    RegistryFailure(FailureClass failure, String message, @Nullable Throwable cause, Optional<Duration> retryAfter) {
        super(message, cause);
        this.failure = failure;
        this.retryAfter = retryAfter;
    }

    public FailureClass failure() {
        return failure;
    }

    /** How long the registry asks to be left alone. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
