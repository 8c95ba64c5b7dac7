package dev.trestle.core.plan;

import dev.trestle.api.BuiltLeg;
import dev.trestle.api.LegFailure;
import dev.trestle.api.Reason;
import dev.trestle.core.render.LegPlan;
import java.time.Instant;
import java.util.Optional;

/** The progress of one leg of the run, which implies its next step. */
public sealed interface LegProgress {
    /** The plan that is built, or is to be; empty when there is none. */
    default Optional<LegPlan> planned() {
        return switch (this) {
            case Done _, Waiting _ -> Optional.empty();
            case Due(var plan) -> Optional.of(plan);
            case Start(var plan) -> Optional.of(plan);
            case Retry(var plan, var _, var _) -> Optional.of(plan);
            case AfterMerge(var plan, var _) -> Optional.of(plan);
            case Held(var plan, var _, var _) -> Optional.of(plan);
            case Queued(var plan, var _) -> Optional.of(plan);
            case Building(var plan) -> Optional.of(plan);
            case Ending(var plan) -> Optional.of(plan);
            case Overtaken(var plan) -> Optional.of(plan);
            case Refused(var plan, var _) -> Optional.of(plan);
            case Failed(var plan, var _) -> Optional.of(plan);
            case Cancelled(var plan, var _) -> Optional.of(plan);
        };
    }

    /** Whether it is being built, or is about to be. */
    default boolean isUnderWay() {
        return switch (this) {
            case Due _, Start _, Retry _, AfterMerge _, Overtaken _, Queued _, Building _, Ending _ -> true;
            case Done _, Waiting _, Held _, Refused _, Failed _, Cancelled _ -> false;
        };
    }

    /**
     * Its image is there, of exactly these inputs.
     *
     * @param plan of its pod, while that has more than the status: the pod may end before its start is recorded
     */
    record Done(BuiltLeg built, Optional<LegPlan> plan) implements LegProgress {
        Done(BuiltLeg built) {
            this(built, Optional.empty());
        }
    }

    /** It cannot be started yet. */
    record Waiting(Reason reason, String message) implements LegProgress {}

    /** It waits for nothing but its turn, which {@link Gate} tells: a decision has none of these. */
    record Due(LegPlan plan) implements LegProgress {}

    /** It is due, and nothing stands in its way. */
    record Start(LegPlan plan) implements LegProgress {}

    /** It failed through no fault of the build; it is started again then. */
    record Retry(LegPlan plan, LegFailure lastFailure, Instant at) implements LegProgress {}

    /** It is due, but a merge that reads the image of its anchor has not ended (invariant 3). */
    record AfterMerge(LegPlan plan, String merge) implements LegProgress {}

    /** It is due, but its turn has not come: its pool builds as many legs as it may, or the wave is paused. */
    record Held(LegPlan plan, Reason reason, String message) implements LegProgress {}

    record Queued(LegPlan plan, Optional<String> why) implements LegProgress {}

    record Building(LegPlan plan) implements LegProgress {}

    /** Its pod is being deleted; once it is gone, the leg is started again under the same name. */
    record Ending(LegPlan plan) implements LegProgress {}

    /** Its pod has built it, but a later build of other inputs may have taken its anchor: the pod goes, and the leg is started again. */
    record Overtaken(LegPlan plan) implements LegProgress {}

    /** The API server refuses its pod, which is tried again. */
    record Refused(LegPlan plan, String message) implements LegProgress {}

    /** It failed for good: only another input starts it again. */
    record Failed(LegPlan plan, LegFailure failure) implements LegProgress {}

    /** A user has cancelled it: its pod goes, and it counts as failed. */
    record Cancelled(LegPlan plan, LegFailure failure) implements LegProgress {}
}
