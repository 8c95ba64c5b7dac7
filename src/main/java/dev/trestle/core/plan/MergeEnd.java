package dev.trestle.core.plan;

import dev.trestle.api.Condition;
import dev.trestle.api.ConditionStatus;
import dev.trestle.api.ManifestMerge;
import dev.trestle.api.ManifestMergeStatus;
import dev.trestle.api.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a merge has ended, as its status tells, and which of its build's merges it was. */
final class MergeEnd {
    private MergeEnd() {}

    static @Nullable Long numberOf(ManifestMerge merge) {
        var run = merge.getSpec().run();
        return run == null ? null : run.number();
    }

    static List<String> missingOf(ManifestMerge merge) {
        var run = merge.getSpec().run();
        return run == null ? List.of() : run.missing();
    }

    /** A success that does not tell its image is none yet: the merge's own pass asks its Job once more. */
    static ConditionStatus succeeded(ManifestMerge merge) {
        var said = succeededCondition(merge).map(Condition::status).orElse(ConditionStatus.Unknown);
        return said == ConditionStatus.True && !tellsItsImage(merge) ? ConditionStatus.Unknown : said;
    }

    private static boolean tellsItsImage(ManifestMerge merge) {
        var status = merge.getStatus();
        return status != null && status.digest() != null && status.finishedAt() != null;
    }

    /** Whether a Job of another object had the merge's name when it was last looked at: the merge goes on once that Job is gone. */
    static boolean isNameTaken(ManifestMerge merge) {
        return succeededCondition(merge)
                .filter(condition -> condition.reason() == Reason.NameTaken)
                .isPresent();
    }

    /** Whether it has failed for good, by what it read or was asked for. */
    static boolean isRefused(ManifestMerge merge) {
        return failed(merge)
                .filter(status -> status.gone().isEmpty() && status.supersededBy() == null)
                .filter(status -> status.limitedBy() == null && status.retryAt() == null && status.finishedAt() != null)
                .isPresent();
    }

    /** Why the merge's Job or its pod does not start, while it does not. */
    static Optional<String> heldUp(ManifestMerge merge) {
        return succeededCondition(merge)
                .filter(condition -> condition.status() == ConditionStatus.Unknown)
                .filter(condition -> condition.reason() == Reason.MergeNotStarted)
                .map(Condition::message);
    }

    /** What a build says of a merge that has failed and is retried later. */
    static Reason pausedBy(ManifestMerge merge) {
        return succeededCondition(merge)
                .map(Condition::reason)
                .filter(reason -> reason == Reason.MergeNotStarted)
                .orElse(Reason.WaitingForRegistry);
    }

    static String messageOf(ManifestMerge merge) {
        return succeededCondition(merge).map(Condition::message).orElse("");
    }

    private static Optional<Condition> succeededCondition(ManifestMerge merge) {
        return Optional.ofNullable(merge.getStatus())
                .flatMap(status -> status.conditions().stream()
                        .filter(condition -> condition.type().equals("Succeeded"))
                        .findFirst());
    }

    /** What was gone has been built again, as its leg is done; what was taken for an older run gets a later number. */
    static boolean mayBeRepeated(ManifestMerge merge) {
        return failed(merge)
                .filter(status -> !status.gone().isEmpty() || status.supersededBy() != null)
                .isPresent();
    }

    /** A registry that is rate-limiting never ends the attempts: {@link Admitted#backoffs} holds the next merge back. */
    static boolean isLimited(ManifestMerge merge) {
        return failed(merge).filter(status -> status.limitedBy() != null).isPresent();
    }

    /** When one that has failed for trouble that passes is made once more, such as a registry that was down for longer than the Job has tried. */
    static Optional<Instant> retryAt(ManifestMerge merge) {
        return failed(merge)
                .filter(status -> status.limitedBy() == null)
                .map(ManifestMergeStatus::retryAt)
                .map(Instant::parse);
    }

    private static Optional<ManifestMergeStatus> failed(ManifestMerge merge) {
        return succeeded(merge) == ConditionStatus.False ? Optional.ofNullable(merge.getStatus()) : Optional.empty();
    }
}
