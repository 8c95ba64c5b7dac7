package dev.trestle.core.plan;

import dev.trestle.api.ManifestMerge;
import dev.trestle.api.PublishedImage;
import dev.trestle.api.Reason;
import java.time.Instant;

/** Where the run's merge stands. It waits for its own legs and nothing else (invariant 2). */
public sealed interface MergeProgress {
    /** Whether a merge runs, or is about to. */
    default boolean isUnderWay() {
        return switch (this) {
            case Due _, Start _, Held _, Paused _, Again _, Running _, Unstarted _, AfterOther _ -> true;
            case NotYet _, Current _, Succeeded _, Refused _, Cancelled _, Failed _ -> false;
        };
    }

    /** Not all legs are done. */
    record NotYet() implements MergeProgress {}

    /** The tags hold exactly these legs. */
    record Current(PublishedImage image) implements MergeProgress {}

    /** It waits for nothing but its turn, which {@link Gate} tells: a decision has none of these. */
    record Due(ManifestMerge merge) implements MergeProgress {}

    record Start(ManifestMerge merge) implements MergeProgress {}

    /** It would start, but a registry that it needs is rate-limiting. */
    record Held(ManifestMerge merge, String message) implements MergeProgress {}

    /**
     * It has failed in a way that may pass, and is retried then.
     *
     * @param reason a registry's, or the cluster's when the merge has not started
     */
    record Paused(String merge, Reason reason, String message, Instant until) implements MergeProgress {}

    /** That time has come: the failed one makes room, under the name of both. */
    record Again(ManifestMerge failed) implements MergeProgress {}

    /** It would start, or be retried, but a user has cancelled it. */
    record Cancelled(String merge) implements MergeProgress {}

    /** The API server refuses the merge, which is tried again. */
    record Refused(String message) implements MergeProgress {}

    record Running(String merge) implements MergeProgress {}

    /** Its Job or its pod does not start; the message has the cluster's words. */
    record Unstarted(String merge, String message) implements MergeProgress {}

    /** An earlier run's merge has not ended; two at once could leave the older index under the tag (invariant 4). */
    record AfterOther(String merge) implements MergeProgress {}

    /** It has ended well since the last look. */
    record Succeeded(PublishedImage image) implements MergeProgress {}

    record Failed(String merge, String message) implements MergeProgress {}
}
