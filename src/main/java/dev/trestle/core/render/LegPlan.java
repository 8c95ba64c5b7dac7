package dev.trestle.core.render;

import dev.trestle.api.FailureReason;
import dev.trestle.api.Leg;
import dev.trestle.api.LostAttempt;
import dev.trestle.core.Names;
import dev.trestle.core.Platform;
import dev.trestle.core.config.Pool;
import dev.trestle.core.inputs.Cause;
import dev.trestle.core.inputs.LegInputs;
import dev.trestle.core.inputs.Moved;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One leg to be built: its inputs, its pool and its reasons.
 *
 * @param attempt 1 for the first
 * @param lost the attempts of the same inputs that failed before, as far as they are known
 * @param cause of the build
 * @param moved the inputs that differ from the last image; none for the first
 * @param reasons which inputs moved, as people read it
 */
public record LegPlan(
        Leg leg,
        Pool pool,
        String revision,
        Optional<String> base,
        LegInputs inputs,
        int attempt,
        List<LostAttempt> lost,
        Cause cause,
        List<Moved> moved,
        List<String> reasons) {
    /** The request that is an input under this name forbids the cache. */
    public static final String WITHOUT_CACHE = "rebuild-without-cache";

    public LegPlan {
        lost = List.copyOf(lost);
        moved = List.copyOf(moved);
        reasons = List.copyOf(reasons);
    }

    public Platform platform() {
        return Platform.parse(leg.platform());
    }

    /** The same leg of the same inputs, tried once more after all of these. */
    public LegPlan again(List<LostAttempt> lost) {
        return new LegPlan(leg, pool, revision, base, inputs, attempt + 1, lost, cause, moved, reasons);
    }

    /** Nodes that an earlier attempt failed through. */
    public List<String> nodesToBlame() {
        return lost.stream()
                .filter(attempt -> attempt.reason().blamesNode())
                .map(LostAttempt::node)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /** The pool's resources for the builder: the larger ones once the others were too small. */
    public ResourceRequirements resources() {
        return isLarger() ? pool.largerResources().orElseThrow() : pool.resources();
    }

    /** Whether it gets the pool's larger resources. */
    public boolean isLarger() {
        return pool.largerResources().isPresent()
                && lost.stream().anyMatch(attempt -> attempt.reason() == FailureReason.OutOfMemory);
    }

    /** Whether it is built for a change that no input shows, so that no step may come from the cache. */
    public boolean refreshes() {
        return moved.stream().anyMatch(LegPlan::forbidsCache);
    }

    /** A refresh that the Dockerfile takes as an argument decides by itself from where on nothing is cached. */
    private static boolean forbidsCache(Moved input) {
        return switch (input.kind()) {
            case Refresh -> input.name() == null;
            case Request -> WITHOUT_CACHE.equals(input.name());
            case Source, Recipe, BuildArgs, Base -> false;
        };
    }

    public String podName(String build) {
        return Names.legPod(build, platform(), inputs.fingerprint(), attempt);
    }
}
