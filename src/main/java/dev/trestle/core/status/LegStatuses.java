package dev.trestle.core.status;

import dev.trestle.api.BuiltLeg;
import dev.trestle.api.Leg;
import dev.trestle.api.LegFailure;
import dev.trestle.api.LegState;
import dev.trestle.api.LegStatus;
import dev.trestle.api.LegStatusBuilder;
import dev.trestle.api.Schema;
import dev.trestle.core.Text;
import dev.trestle.core.plan.LegProgress;
import dev.trestle.core.plan.LegStep;
import dev.trestle.core.plan.Snapshot;
import dev.trestle.core.render.LegPlan;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Each leg's part of the status. The last started leg is never forgotten, since it may push to the leg's anchor: a leg that
 * is not being built keeps it as it was.
 */
final class LegStatuses {
    private final Snapshot snapshot;
    private final Leg leg;
    private final Optional<LegStatus> last;

    private LegStatuses(Snapshot snapshot, Leg leg) {
        this.snapshot = snapshot;
        this.leg = leg;
        this.last = snapshot.statusOf(leg.platform());
    }

    static List<LegStatus> of(Snapshot snapshot, List<LegStep> steps) {
        return steps.stream()
                .map(step -> new LegStatuses(snapshot, step.leg()).at(step.progress()))
                .toList();
    }

    /** Why the first leg that is under way is not being built: its last attempt failed, or its pod does not start. */
    static Optional<String> heldUp(List<LegStep> steps) {
        return steps.stream().flatMap(step -> heldUp(step).stream()).findFirst();
    }

    private static Optional<String> heldUp(LegStep step) {
        var why = step.progress() instanceof LegProgress.Retry(var plan, var failure, var at)
                ? Optional.of(retryMessage(plan, failure, at))
                : step.progress() instanceof LegProgress.Queued(var _, var cause) ? cause : Optional.<String>empty();
        return why.map(words -> "Leg %s: %s".formatted(step.leg().platform(), words));
    }

    private LegStatus at(LegProgress progress) {
        return switch (progress) {
            case LegProgress.Done(var image, var plan) -> done(image, plan);
            case LegProgress.Waiting(var _, var message) -> idle(LegState.Waiting, List.of(), message);
            case LegProgress.AfterMerge(var plan, var merge) ->
                waiting(plan, "ManifestMerge '%s' has not ended.".formatted(merge));
            case LegProgress.Held(var plan, var _, var message) -> waiting(plan, message);
            case LegProgress.Refused(var plan, var message) -> idle(LegState.Waiting, plan.reasons(), message);
            case LegProgress.Ending(var plan) ->
                idle(LegState.Queued, plan.reasons(), "Its pod was deleted; it is started again.");
            case LegProgress.Overtaken(var plan) ->
                idle(LegState.Queued, plan.reasons(), "Its pod makes way; it is started again.");
            case LegProgress.Due(var plan) -> started(LegState.Queued, plan, null, null);
            case LegProgress.Start(var plan) -> started(LegState.Queued, plan, null, null);
            case LegProgress.Retry(var plan, var failure, var at) ->
                started(LegState.Waiting, plan, retryMessage(plan, failure, at), null);
            case LegProgress.Queued(var plan, var why) -> started(LegState.Queued, plan, why.orElse(null), null);
            case LegProgress.Building(var plan) -> started(LegState.Building, plan, crossBuilt(), null);
            case LegProgress.Failed(var plan, var failure) -> started(LegState.Failed, plan, null, failure);
            case LegProgress.Cancelled(var plan, var failure) -> started(LegState.Failed, plan, null, failure);
        };
    }

    private LegStatus done(BuiltLeg image, Optional<LegPlan> plan) {
        var same = last.filter(status -> image.fingerprint().equals(status.fingerprint()));
        return LegStatusBuilder.builder()
                .platform(leg.platform())
                .state(LegState.Built)
                .reasons(same.map(LegStatus::reasons)
                        .or(() -> plan.map(LegPlan::reasons))
                        .orElse(List.of()))
                .pod(
                        image.isTakenOver()
                                ? null
                                : same.map(LegStatus::pod)
                                        .or(() -> plan.map(started -> started.podName(snapshot.name())))
                                        .orElse(null))
                .fingerprint(lastStarted(image))
                .lostAttempts(same.map(LegStatus::lostAttempts).orElse(null))
                .lost(same.map(LegStatus::lost).orElse(List.of()))
                .message(image.isTakenOver() ? "Taken over from '%s'.".formatted(image.takenFrom()) : crossBuilt())
                .built(image)
                .build();
    }

    /** An image that stays published is known to be overtaken until its leg is built again. */
    private String lastStarted(BuiltLeg image) {
        return last.filter(status -> status.built() != null && image.isSameBuildAs(status.built()))
                .map(LegStatus::fingerprint)
                .orElse(image.fingerprint());
    }

    /** It is written down which attempt is next: the pod of the last one tells no more than how that ended. */
    private LegStatus waiting(LegPlan plan, String message) {
        return plan.attempt() == 1
                ? idle(LegState.Waiting, plan.reasons(), message)
                : started(LegState.Waiting, plan, message, null);
    }

    private LegStatus idle(LegState state, List<String> reasons, String message) {
        return LegStatusBuilder.builder()
                .platform(leg.platform())
                .state(state)
                .reasons(reasons)
                .fingerprint(last.map(LegStatus::fingerprint).orElse(null))
                .lostAttempts(last.map(LegStatus::lostAttempts).orElse(null))
                .lost(last.map(LegStatus::lost).orElse(List.of()))
                .message(cut(message))
                .built(last.map(LegStatus::built).orElse(null))
                .build();
    }

    private LegStatus started(LegState state, LegPlan plan, @Nullable String message, @Nullable LegFailure failure) {
        return new LegStatus(
                leg.platform(),
                state,
                plan.reasons(),
                plan.podName(snapshot.name()),
                plan.inputs().fingerprint(),
                plan.attempt() == 1 ? null : plan.attempt() - 1,
                plan.lost(),
                message == null ? null : cut(message),
                failure == null ? null : FailureText.bounded(failure),
                lastGood(plan));
    }

    /** An image of the very inputs that are being built has lost its anchor; it must not be taken for the image that is built now. */
    private @Nullable BuiltLeg lastGood(LegPlan plan) {
        return last.map(LegStatus::built)
                .filter(built -> !built.fingerprint().equals(plan.inputs().fingerprint()))
                .orElse(null);
    }

    private @Nullable String crossBuilt() {
        return leg.platform().equals(leg.effectiveBuildPlatform())
                ? null
                : "Cross-built on '%s'.".formatted(leg.effectiveBuildPlatform());
    }

    /** How the last attempt failed, and when the next is due. */
    static String retryMessage(LegPlan next, LegFailure failure, Instant at) {
        return "Attempt %d failed, %s: %s It is tried again at %s%s."
                .formatted(
                        next.attempt() - 1,
                        failure.reason(),
                        Sentences.ended(failure.message()),
                        at.truncatedTo(ChronoUnit.SECONDS),
                        next.isLarger() ? " with the pool's larger resources" : "");
    }

    private static String cut(String message) {
        return Text.atMost(Schema.LEG_MESSAGE, message);
    }
}
