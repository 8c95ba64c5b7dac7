package dev.trestle.core.admit;

import dev.trestle.core.inputs.Cause;
import java.time.Instant;

/**
 * A leg that would start if its pool had no limit.
 *
 * @param pod the name that its pod will have
 * @param since when it was first seen to be due
 */
public record DueLeg(BuildKey build, String platform, String pod, String pool, Cause cause, Instant since) {
    DueLeg since(Instant first) {
        return new DueLeg(build, platform, pod, pool, cause, first);
    }

    PodKey podKey() {
        return new PodKey(build.namespace(), pod);
    }

    RunningLeg running() {
        return new RunningLeg(podKey(), pool, cause);
    }
}
