package dev.trestle.core.status;

import dev.trestle.api.BuiltLeg;
import dev.trestle.api.LegFailure;
import dev.trestle.api.LegState;
import dev.trestle.api.LegStatus;
import dev.trestle.core.plan.LegProgress;
import dev.trestle.core.plan.LegStep;
import dev.trestle.core.plan.Snapshot;
import dev.trestle.core.render.LegPlan;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Each leg's part of the status. */
final class LegStatuses {
    private LegStatuses() {}

    static List<LegStatus> of(Snapshot snapshot, List<LegStep> steps) {
        return steps.stream().map(step -> of(snapshot, step)).toList();
    }

    private static LegStatus of(Snapshot snapshot, LegStep step) {
        var last = snapshot.statusOf(step.leg().platform());
        var built = last.map(LegStatus::built).orElse(null);
        return switch (step.progress()) {
            case LegProgress.Done(var image) -> done(step, image, last);
            case LegProgress.Waiting(var _, var message) ->
                new LegStatus(
                        step.leg().platform(),
                        LegState.Waiting,
                        List.of(),
                        null,
                        null,
                        null,
                        cut(message),
                        null,
                        built);
            case LegProgress.Start(var plan) -> underWay(snapshot, plan, LegState.Queued, null, built);
            case LegProgress.Retry(var plan, var failure, var at) ->
                underWay(snapshot, plan, LegState.Waiting, retryMessage(plan, failure, at.toString()), built);
            case LegProgress.Queued(var plan, var why) ->
                underWay(snapshot, plan, LegState.Queued, why.orElse(null), built);
            case LegProgress.Building(var plan) -> underWay(snapshot, plan, LegState.Building, crossBuilt(plan), built);
            case LegProgress.Ending(var plan) ->
                underWay(snapshot, plan, LegState.Queued, "Its pod was deleted; it is started again.", built);
            case LegProgress.Failed(var plan, var failure) -> failed(snapshot, plan, failure, built);
        };
    }

    private static LegStatus done(LegStep step, BuiltLeg image, Optional<LegStatus> last) {
        var same = last.filter(status -> image.fingerprint().equals(status.fingerprint()));
        return new LegStatus(
                step.leg().platform(),
                LegState.Built,
                same.map(LegStatus::reasons).orElse(List.of()),
                same.map(LegStatus::pod).orElse(null),
                image.fingerprint(),
                same.map(LegStatus::lostAttempts).orElse(null),
                step.leg().platform().equals(step.leg().effectiveBuildPlatform())
                        ? null
                        : crossMessage(step.leg().effectiveBuildPlatform()),
                null,
                image);
    }

    private static LegStatus underWay(
            Snapshot snapshot, LegPlan plan, LegState state, @Nullable String message, @Nullable BuiltLeg built) {
        return new LegStatus(
                plan.leg().platform(),
                state,
                plan.reasons(),
                plan.podName(snapshot.name()),
                plan.inputs().fingerprint(),
                lostAttempts(plan),
                message == null ? null : cut(message),
                null,
                built);
    }

    private static LegStatus failed(Snapshot snapshot, LegPlan plan, LegFailure failure, @Nullable BuiltLeg built) {
        return new LegStatus(
                plan.leg().platform(),
                LegState.Failed,
                plan.reasons(),
                plan.podName(snapshot.name()),
                plan.inputs().fingerprint(),
                lostAttempts(plan),
                null,
                failure,
                built);
    }

    private static @Nullable Integer lostAttempts(LegPlan plan) {
        return plan.attempt() == 1 ? null : plan.attempt() - 1;
    }

    private static @Nullable String crossBuilt(LegPlan plan) {
        return plan.leg().platform().equals(plan.leg().effectiveBuildPlatform())
                ? null
                : crossMessage(plan.leg().effectiveBuildPlatform());
    }

    private static String crossMessage(String buildPlatform) {
        return "Cross-built on '%s'.".formatted(buildPlatform);
    }

    private static String retryMessage(LegPlan next, LegFailure failure, String at) {
        return "Attempt %d failed: %s It is tried again at %s.".formatted(next.attempt() - 1, failure.message(), at);
    }

    private static String cut(String message) {
        return message.length() <= 1000 ? message : message.substring(0, 999) + "…";
    }
}
