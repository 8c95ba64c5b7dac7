package dev.trestle.core.plan;

import dev.trestle.api.BaseImage;
import dev.trestle.api.Condition;
import dev.trestle.api.ConditionStatus;
import dev.trestle.api.Reason;
import dev.trestle.core.plan.LegProgress.Waiting;
import java.util.Objects;
import java.util.Optional;

/** A base that gets no image until a person changes something: its consumers are stalled with it, and say why. */
public final class StoppedBase {
    private StoppedBase() {}

    /**
     * A base that does not come, as its consumer reports it.
     *
     * @param lacks a sentence about the missing part of the base
     * @return empty while the base is on its way
     */
    static Optional<Waiting> of(BaseImage base, String lacks) {
        var failed = failed(base)
                .map(ready -> new Waiting(
                        Reason.BaseFailed,
                        "%s It is stalled, %s: %s".formatted(lacks, ready.reason(), ready.message())));
        return failed.or(() -> suspended(base, lacks));
    }

    /** The part that changes a consumer's status; equal texts are no news. */
    public static String textOf(BaseImage base) {
        return of(base, "").map(Waiting::message).orElse("");
    }

    private static Optional<Waiting> suspended(BaseImage base, String lacks) {
        return base.getSpec().suspended()
                ? Optional.of(new Waiting(
                        Reason.BaseSuspended,
                        "%s It is suspended: set 'spec.suspend' of BaseImage '%s' to false."
                                .formatted(lacks, base.getMetadata().getName())))
                : Optional.empty();
    }

    /** A status of an earlier generation says nothing of this one. */
    private static Optional<Condition> failed(BaseImage base) {
        var status = base.getStatus();
        return status == null
                        || !Objects.equals(
                                status.observedGeneration(), base.getMetadata().getGeneration())
                ? Optional.empty()
                : status.conditions().stream()
                        .filter(condition -> condition.type().equals("Ready"))
                        .filter(condition -> condition.status() == ConditionStatus.False)
                        .findFirst();
    }
}
