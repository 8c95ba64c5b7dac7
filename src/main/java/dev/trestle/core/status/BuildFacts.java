package dev.trestle.core.status;

import dev.trestle.api.FailureReason;
import dev.trestle.api.LegFailure;
import dev.trestle.api.PublishedImage;
import dev.trestle.api.Reason;
import dev.trestle.core.Labels;
import dev.trestle.core.plan.Decision;
import dev.trestle.core.plan.LegProgress;
import dev.trestle.core.plan.LegStep;
import dev.trestle.core.plan.MergeProgress;
import dev.trestle.core.plan.Snapshot;
import dev.trestle.core.plan.SpecHash;
import dev.trestle.core.render.LegPlan;
import java.util.Optional;
import java.util.stream.Stream;

/** The few facts that all of a build's conditions follow from. */
record BuildFacts(Snapshot snapshot, Decision decision) {

    /** The image that the tags hold after this pass. */
    Optional<PublishedImage> image() {
        return switch (decision.merge()) {
            case MergeProgress.Current(var image) -> Optional.of(image);
            case MergeProgress.Succeeded(var image) -> Optional.of(image);
            case MergeProgress.NotYet _,
                    MergeProgress.Start _,
                    MergeProgress.Running _,
                    MergeProgress.Unstarted _,
                    MergeProgress.AfterOther _,
                    MergeProgress.Due _,
                    MergeProgress.Held _,
                    MergeProgress.Paused _,
                    MergeProgress.Again _,
                    MergeProgress.Refused _,
                    MergeProgress.Cancelled _,
                    MergeProgress.Failed _ -> snapshot.history().image();
        };
    }

    /** Whether that image is one of the spec as it is now. */
    boolean fulfilsSpec() {
        var spec = SpecHash.of(snapshot.build().getSpec());
        return image().filter(image -> spec.equals(image.spec())).isPresent()
                && !snapshot.history().mayHoldAnotherSpec(spec);
    }

    boolean isCurrent() {
        return decision.merge() instanceof MergeProgress.Current || decision.merge() instanceof MergeProgress.Succeeded;
    }

    /** Whether that image lacks platforms whose legs have failed. */
    boolean isCurrentPart() {
        return isCurrent()
                && image().filter(image -> !image.missing().isEmpty()).isPresent();
    }

    boolean isMerging() {
        return decision.merge().isUnderWay();
    }

    boolean isBuilding() {
        return progress().anyMatch(LegProgress::isUnderWay);
    }

    /** Whether a leg waits for its turn, in its pool or at a registry. */
    boolean isAwaitingTurn() {
        return held().anyMatch(held -> held.reason() != Reason.WavePaused);
    }

    /** Why the merge does not run: its turn at a registry has not come, or not come again, or the cluster does not start it. */
    Optional<Finding> heldMerge() {
        return switch (decision.merge()) {
            case MergeProgress.Held(var _, var message) ->
                Optional.of(Finding.unknown(Reason.WaitingForRegistry, message));
            case MergeProgress.Paused(var merge, var reason, var message, var until) ->
                Optional.of(Finding.unknown(
                        reason,
                        "ManifestMerge '%s' has failed and is retried at %s, or when you delete it: %s"
                                .formatted(merge, Conditions.timestamp(until), message)));
            case MergeProgress.Unstarted(var merge, var message) ->
                Optional.of(Finding.unknown(
                        Reason.MergeNotStarted, "ManifestMerge '%s' does not start. %s".formatted(merge, message)));
            case MergeProgress.NotYet _,
                    MergeProgress.Current _,
                    MergeProgress.Due _,
                    MergeProgress.Start _,
                    MergeProgress.Again _,
                    MergeProgress.Refused _,
                    MergeProgress.Cancelled _,
                    MergeProgress.Running _,
                    MergeProgress.AfterOther _,
                    MergeProgress.Succeeded _,
                    MergeProgress.Failed _ -> Optional.empty();
        };
    }

    /** Whether the image is on its way without a user's help. */
    boolean isActive() {
        return isBuilding() || isMerging() || isAwaitingTurn();
    }

    /** Whether its owner has suspended it, nothing of it is under way, and the spec's image is not published. */
    boolean isSuspendedAndIdle() {
        return snapshot.build().getSpec().suspended() && !isBuilding() && !isMerging() && !fulfilsSpec();
    }

    long builtLegs() {
        return progress().filter(LegProgress.Done.class::isInstance).count();
    }

    /** The first failure, as people read it: of a leg, else of the merge. */
    Optional<Finding> failure() {
        var leg = progress().flatMap(progress -> failure(progress).stream()).findFirst();
        return leg.or(this::failedMerge);
    }

    private Optional<Finding> failedMerge() {
        if (decision.merge() instanceof MergeProgress.Cancelled(var merge)) {
            return Optional.of(Finding.isFalse(
                    Reason.Cancelled,
                    "All legs are built. ManifestMerge '%s' is not made: cancelled by the annotation '%s'. To merge them: trestle retry %s"
                            .formatted(merge, Labels.CANCEL, snapshot.name())));
        }
        return decision.merge() instanceof MergeProgress.Failed(var merge, var message)
                ? Optional.of(
                        Finding.isFalse(Reason.MergeFailed, "ManifestMerge '%s' failed: %s".formatted(merge, message)))
                : Optional.empty();
    }

    private Optional<Finding> failure(LegProgress progress) {
        return switch (progress) {
            case LegProgress.Failed(var plan, var failure) -> Optional.of(failure(plan, failure));
            case LegProgress.Cancelled(var plan, var failure) -> Optional.of(failure(plan, failure));
            case LegProgress.Done _,
                    LegProgress.Waiting _,
                    LegProgress.Start _,
                    LegProgress.Retry _,
                    LegProgress.AfterMerge _,
                    LegProgress.Due _,
                    LegProgress.Held _,
                    LegProgress.Queued _,
                    LegProgress.Building _,
                    LegProgress.Ending _,
                    LegProgress.Overtaken _,
                    LegProgress.Refused _ -> Optional.empty();
        };
    }

    private Finding failure(LegPlan plan, LegFailure failure) {
        var reason = failure.reason() == FailureReason.Cancelled ? Reason.Cancelled : Reason.LegFailed;
        return Finding.isFalse(reason, FailureSentence.of(snapshot, plan, failure));
    }

    /** The obstacle of the first waiting leg, else the state of the merge. */
    Optional<Finding> waiting() {
        var leg = progress().flatMap(progress -> waiting(progress).stream()).findFirst();
        return leg.or(this::waitingMerge);
    }

    private Optional<Finding> waitingMerge() {
        if (decision.merge() instanceof MergeProgress.NotYet
                && builtLegs() == decision.legs().size()) {
            return Optional.of(Finding.unknown(
                    Reason.Suspended, "'spec.suspend' is true: all legs are built, and they are not merged."));
        }
        return decision.merge() instanceof MergeProgress.Refused(var message)
                ? Optional.of(Finding.unknown(Reason.Refused, message))
                : Optional.empty();
    }

    private static Optional<Finding> waiting(LegProgress progress) {
        if (progress instanceof LegProgress.Waiting(var reason, var message)) {
            return Optional.of(Finding.unknown(reason, message));
        }
        if (progress instanceof LegProgress.Held(var _, var reason, var message)) {
            return Optional.of(Finding.unknown(reason, message));
        }
        return progress instanceof LegProgress.Refused(var _, var message)
                ? Optional.of(Finding.unknown(Reason.Refused, message))
                : Optional.empty();
    }

    /** Waiting that no time ends: a user must act. */
    Optional<Finding> deadEnd() {
        return waiting()
                .filter(waiting -> endsOnlyByHand(waiting.reason()))
                .map(waiting -> Finding.isFalse(waiting.reason(), waiting.message()));
    }

    /** Legs that are due and whose turn has not come. */
    Stream<LegProgress.Held> held() {
        return progress().filter(LegProgress.Held.class::isInstance).map(LegProgress.Held.class::cast);
    }

    private Stream<LegProgress> progress() {
        return decision.legs().stream().map(LegStep::progress);
    }

    private static boolean endsOnlyByHand(Reason reason) {
        return switch (reason) {
            case RepositoryDenied,
                    ReferenceConflict,
                    NoPool,
                    BaseConflict,
                    BaseCycle,
                    BasePlatformMissing,
                    BaseFailed,
                    BaseSuspended -> true;
            case AwaitingReport,
                    ResolvingSource,
                    SourceUnavailable,
                    WaitingForBase,
                    WaitingForPool,
                    WaitingForRegistry,
                    MergeNotStarted,
                    WavePaused,
                    BaseNotFound,
                    Refused,
                    Suspended -> false;
            case Published,
                    PublishedPartial,
                    Building,
                    Merging,
                    NameTaken,
                    LegFailed,
                    Cancelled,
                    MergeFailed,
                    UpToDate,
                    NeverBuilt,
                    SpecChanged,
                    SourceChanged,
                    BaseMoved,
                    RefreshDue,
                    PushesSkipped,
                    LfsPointers,
                    IgnoreFileUnused,
                    Idle,
                    Succeeded,
                    Fresh,
                    ScheduleInvalid,
                    Stale,
                    InternalError,
                    UpstreamUnavailable,
                    Pending -> false;
        };
    }
}
