package dev.trestle.fuzz;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import java.util.Set;

/**
 * What the API server said to a request.
 *
 * @param code of HTTP
 * @param message empty when the request was taken
 */
record Answer(int code, String message) {
    private static final int TAKEN = 200;
    /** The sender's fault, or somebody was faster. */
    private static final Set<Integer> REFUSALS = Set.of(400, 403, 404, 409, 413, 422);

    static Answer to(Runnable request) {
        try {
            request.run();
            return new Answer(TAKEN, "");
        } catch (KubernetesClientException e) {
            var words = Optional.ofNullable(e.getStatus()).map(status -> status.getMessage());
            return new Answer(e.getCode(), words.orElse(""));
        }
    }

    boolean isTaken() {
        return code == TAKEN;
    }

    /** As an API that takes anything from anybody should: taken, or refused with a reason. */
    boolean isProper() {
        return isTaken() || (REFUSALS.contains(code) && !message.isBlank());
    }
}
