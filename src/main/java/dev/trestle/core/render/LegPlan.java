package dev.trestle.core.render;

import dev.trestle.api.InputKind;
import dev.trestle.api.Leg;
import dev.trestle.core.Names;
import dev.trestle.core.Platform;
import dev.trestle.core.config.Pool;
import dev.trestle.core.inputs.LegInputs;
import dev.trestle.core.inputs.Moved;
import java.util.List;
import java.util.Optional;

/**
 * One leg to be built: of what, where, and why.
 *
 * @param attempt 1 for the first
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
        List<Moved> moved,
        List<String> reasons) {
    public LegPlan {
        moved = List.copyOf(moved);
        reasons = List.copyOf(reasons);
    }

    public Platform platform() {
        return Platform.parse(leg.platform());
    }

    /** The same leg of the same inputs, tried for the n-th time. */
    public LegPlan attempt(int number) {
        return new LegPlan(leg, pool, revision, base, inputs, number, moved, reasons);
    }

    /** Whether it is built for the sake of what no input shows, so that no step may come from the cache. */
    public boolean refreshes() {
        return moved.stream().anyMatch(input -> input.kind() == InputKind.Refresh);
    }

    public String podName(String build) {
        return Names.legPod(build, platform(), inputs.fingerprint(), attempt);
    }
}
