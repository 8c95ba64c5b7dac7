package dev.trestle.core.merge;

/** The merge cannot be; nothing has been tagged. The message names the platform, the cause and the next step. */
public final class MergeRefused extends RuntimeException {

    private final FailureClass failure;

    public MergeRefused(FailureClass failure, String message) {
        super(message);
        this.failure = failure;
    }

    public FailureClass failure() {
        return failure;
    }
}
