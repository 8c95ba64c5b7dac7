package dev.trestle.core.plan;

import dev.trestle.api.Condition;
import dev.trestle.api.ConditionStatus;
import dev.trestle.api.ManifestMerge;
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
        return succeeded(merge) == ConditionStatus.False
                && merge.getStatus() != null
                && (!merge.getStatus().gone().isEmpty() || merge.getStatus().supersededBy() != null);
    }

    /** A registry that has had enough is no reason to give up, however often: {@link Snapshot#limited} says when the next may start. */
    static boolean isLimited(ManifestMerge merge) {
        return succeeded(merge) == ConditionStatus.False
                && merge.getStatus() != null
                && merge.getStatus().limitedBy() != null;
    }

    /** Such as a registry that was down for longer than the Job has tried. */
    static boolean passes(ManifestMerge merge) {
        return succeeded(merge) == ConditionStatus.False
                && merge.getStatus() != null
                && merge.getStatus().retryAt() != null
                && merge.getStatus().limitedBy() == null;
    }
}
