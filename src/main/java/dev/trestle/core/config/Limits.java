package dev.trestle.core.config;

import dev.trestle.core.inputs.Cause;
import java.util.Optional;

/**
 * How many legs a pool builds at once.
 *
 * @param maxRunning all legs; no limit when empty
 * @param waveBudget legs of waves and refreshes, as configured
 */
public record Limits(Optional<Integer> maxRunning, Optional<Integer> waveBudget) {
    public static final Limits NONE = new Limits(Optional.empty(), Optional.empty());

    /** Legs of waves and refreshes: as configured, else a quarter of all, rounded up, so that three quarters stay for people. */
    public Optional<Integer> routine() {
        return maxRunning
                .map(all -> waveBudget.map(waves -> Math.min(all, waves)).orElse((all + 3) / 4))
                .or(() -> waveBudget);
    }

    /** Whether legs of this cause may have to wait. */
    public boolean bind(Cause cause) {
        return maxRunning.isPresent() || (cause.isRoutine() && waveBudget.isPresent());
    }

    /** Whether any leg may have to wait. */
    public boolean isBinding() {
        return maxRunning.isPresent() || waveBudget.isPresent();
    }
}
