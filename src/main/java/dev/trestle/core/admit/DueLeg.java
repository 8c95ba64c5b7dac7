package dev.trestle.core.admit;

import dev.trestle.core.inputs.Cause;
import java.time.Instant;
import java.util.Set;

/**
 * A leg that would start if its pool and its registries had no limit; or a merge that would if its registries had none. Merges are legs of
 * {@link #MERGES}, a pool that has no limit and whose turn is first.
 *
 * @param pod the name that its pod, or the merge, will have
 * @param since when it was first seen to be due
 * @param registries hosts that it asks
 * @param limitedAt when one of them answered it 429 last; {@link Instant#EPOCH} if none has
 */
public record DueLeg(
        BuildKey build,
        String platform,
        String pod,
        String pool,
        Cause cause,
        Instant since,
        Set<String> registries,
        Instant limitedAt) {
    static final String MERGES = "";

    public DueLeg {
        registries = Set.copyOf(registries);
    }

    static DueLeg ofMerge(BuildKey build, String merge, Instant since, Set<String> registries, Instant limitedAt) {
        return new DueLeg(build, "", merge, MERGES, Cause.Request, since, registries, limitedAt);
    }

    DueLeg since(Instant first) {
        return new DueLeg(build, platform, pod, pool, cause, first, registries, limitedAt);
    }

    PodKey podKey() {
        return new PodKey(build.namespace(), pod);
    }

    RunningLeg running() {
        return new RunningLeg(podKey(), pool, cause);
    }
}
