package dev.trestle.registry;

import dev.trestle.core.merge.FailureClass;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A registry has refused or failed a request. The message names the repository, the registry's answer and the next step. */
public final class RegistryFailure extends RuntimeException {

    private final FailureClass failure;
    private final transient Optional<String> limitedBy;
    private final transient Optional<Duration> retryAfter;

    RegistryFailure(FailureClass failure, String message, @Nullable Throwable cause, Optional<Duration> retryAfter) {
        this(failure, message, cause, Optional.empty(), retryAfter);
    }

    private RegistryFailure(
            FailureClass failure,
            String message,
            @Nullable Throwable cause,
            Optional<String> limitedBy,
            Optional<Duration> retryAfter) {
        super(message, cause);
        this.failure = failure;
        this.limitedBy = limitedBy;
        this.retryAfter = retryAfter;
    }

    /** That a registry is asked too often. */
    static RegistryFailure limited(String host, String message, Optional<Duration> retryAfter) {
        return new RegistryFailure(FailureClass.RateLimited, message, null, Optional.of(host), retryAfter);
    }

    public FailureClass failure() {
        return failure;
    }

    /** The registry that is asked too often, as people write it. */
    public Optional<String> limitedBy() {
        return limitedBy;
    }

    /** How long the registry asks to be left alone. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
