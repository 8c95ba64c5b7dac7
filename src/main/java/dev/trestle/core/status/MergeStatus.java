package dev.trestle.core.status;

import dev.trestle.api.Condition;
import dev.trestle.api.ConditionStatus;
import dev.trestle.api.ManifestMergeSpec.MergeSource;
import dev.trestle.api.ManifestMergeStatus;
import dev.trestle.api.ManifestMergeStatusBuilder;
import dev.trestle.api.PlatformImage;
import dev.trestle.api.Reason;
import dev.trestle.core.merge.ImagePlatform;
import dev.trestle.core.observe.MergeOutcome;
import dev.trestle.core.observe.NodeClock;
import dev.trestle.core.plan.MergePlan.Step;
import dev.trestle.core.plan.MergeSnapshot;
import dev.trestle.core.render.MergeJob;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A merge's status. It is written when the merge ends, or does not start; its Job tells the rest. */
public final class MergeStatus {
    private static final Set<Reason> GONE_WITH_THE_START = Set.of(Reason.NameTaken, Reason.MergeNotStarted);

    private final MergeSnapshot snapshot;

    private MergeStatus(MergeSnapshot snapshot) {
        this.snapshot = snapshot;
    }

    public static ManifestMergeStatus of(MergeSnapshot snapshot, Step step) {
        var status = new MergeStatus(snapshot);
        return switch (step) {
            case Step.Over _ -> snapshot.status();
            case Step.Start _, Step.AwaitJob _, Step.AwaitPod _, Step.AwaitOldJob _ -> status.pending();
            case Step.Idle(var until) -> status.idle(until);
            case Step.HeldUp(var message, var _) -> status.notStarted(message, null);
            case Step.Refused(var message) ->
                status.status(Finding.unknown(Reason.Refused, message), null, List.of(), null);
            case Step.Denied(var message) ->
                status.status(Finding.unknown(Reason.RepositoryDenied, message), null, List.of(), null);
            case Step.NameTaken _ ->
                status.status(Finding.isFalse(Reason.NameTaken, status.nameTaken()), null, List.of(), null);
            case Step.Observe(MergeOutcome.Running _) -> status.running();
            case Step.Observe(MergeOutcome.Succeeded outcome) -> status.succeeded(outcome);
            case Step.Observe(MergeOutcome.Failed outcome) -> status.failed(outcome);
        };
    }

    /** No write of its own for a merge of seconds: a reader of {@code observedGeneration: -1} sees that it is under way. */
    private ManifestMergeStatus pending() {
        return lastReason().filter(GONE_WITH_THE_START::contains).isPresent() ? hasStarted() : snapshot.status();
    }

    private ManifestMergeStatus running() {
        return snapshot.status().retryAt() == null ? pending() : hasStarted();
    }

    private ManifestMergeStatus hasStarted() {
        return status(Finding.unknown(Reason.Pending, "The merge's Job has not ended."), null, List.of(), null);
    }

    private ManifestMergeStatus idle(Instant until) {
        return notStarted(
                "The merge's Job has not ended, and no pod is at work. If that stays so, the merge is retried. The words: kubectl describe job %s -n %s"
                        .formatted(
                                snapshot.merge().getMetadata().getName(),
                                snapshot.merge().getMetadata().getNamespace()),
                Conditions.timestamp(until));
    }

    private ManifestMergeStatus notStarted(String message, @Nullable String retryAt) {
        return status(Finding.unknown(Reason.MergeNotStarted, message), null, List.of(), null)
                .withRetryAt(retryAt);
    }

    private Optional<Reason> lastReason() {
        return last().map(Condition::reason);
    }

    private Optional<Condition> last() {
        return snapshot.status().conditions().stream()
                .filter(condition -> condition.type().equals("Succeeded"))
                .findFirst();
    }

    private ManifestMergeStatus succeeded(MergeOutcome.Succeeded outcome) {
        var finding = Finding.isTrue(Reason.Succeeded, "Merged and tagged as '%s'.".formatted(outcome.digest()));
        return status(finding, outcome.digest(), outcome.platforms(), outcome.finishedAt());
    }

    private ManifestMergeStatus failed(MergeOutcome.Failed outcome) {
        var finding = finding(outcome);
        var status = status(finding, null, List.of(), outcome.finishedAt());
        return ManifestMergeStatusBuilder.builder(status)
                .conditions(conditions(finding, !isMadeOnceMore(outcome)))
                .gone(ofThisMerge(outcome.gone()))
                .supersededBy(outcome.supersededBy().orElse(null))
                .limitedBy(outcome.limited().map(MergeOutcome.Limited::registry).orElse(null))
                .retryAt(retryAt(outcome).map(Conditions::timestamp).orElse(null))
                .build();
    }

    /** The reason why the pod did not start is gone with the pod, but for the words that the status has. */
    private Finding finding(MergeOutcome.Failed outcome) {
        if (outcome.cause() != MergeOutcome.Cause.NotStarted) {
            return Finding.isFalse(Reason.MergeFailed, outcome.message());
        }
        var before = last().filter(condition -> condition.reason() == Reason.MergeNotStarted)
                .map(condition -> " Before that: " + condition.message())
                .orElse("");
        return Finding.isFalse(
                Reason.MergeNotStarted,
                before.isEmpty() ? outcome.message() : Sentences.ended(outcome.message()) + before);
    }

    /** Only a build retries a merge. */
    private Optional<Instant> retryAt(MergeOutcome.Failed outcome) {
        var merge = snapshot.merge();
        return MergeJob.isOfBuild(merge) ? outcome.retryAt(merge.getMetadata().getName()) : Optional.empty();
    }

    /** Then it has not failed for good; one that a registry has limited has, as another merge comes after it. */
    private boolean isMadeOnceMore(MergeOutcome.Failed outcome) {
        return outcome.limited().isEmpty() && retryAt(outcome).isPresent();
    }

    /** Platforms as this merge's sources have them, for any form of the report. */
    private List<String> ofThisMerge(List<String> gone) {
        return snapshot.merge().getSpec().sources().stream()
                .map(MergeSource::platform)
                .filter(platform -> gone.contains(platform)
                        || gone.contains(ImagePlatform.parse(platform).toString()))
                .toList();
    }

    private ManifestMergeStatus status(
            Finding finding, @Nullable String digest, List<PlatformImage> platforms, @Nullable String finishedAt) {
        var asked = snapshot.merge().getSpec().sources().size();
        return ManifestMergeStatusBuilder.builder()
                .observedGeneration(snapshot.merge().getMetadata().getGeneration())
                .conditions(conditions(finding, finding.status() == ConditionStatus.False))
                .job(snapshot.merge().getMetadata().getName())
                .digest(digest)
                .legsMerged(platforms.size() + "/" + asked)
                .platforms(platforms)
                .finishedAt(finishedAt == null ? null : Conditions.timestamp(corrected(finishedAt)))
                .build();
    }

    private Instant corrected(String finishedAt) {
        var created = Instant.parse(snapshot.merge().getMetadata().getCreationTimestamp());
        return NodeClock.corrected(Instant.parse(finishedAt), created, snapshot.now());
    }

    private List<Condition> conditions(Finding finding, boolean stalled) {
        var generation =
                Objects.requireNonNullElse(snapshot.merge().getMetadata().getGeneration(), 0L);
        return new Conditions(snapshot.status().conditions(), generation, snapshot.now())
                .set("Succeeded", finding)
                .set("Ready", finding)
                .setIf(stalled, "Stalled", finding)
                .all();
    }

    private String nameTaken() {
        return "Job '%s' exists and does not belong to this merge. Delete it, or give the merge another name."
                .formatted(snapshot.merge().getMetadata().getName());
    }
}
