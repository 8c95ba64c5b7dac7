package dev.trestle.core.observe;

import dev.trestle.api.PublishedImage;
import dev.trestle.api.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How far a merge is, as its status reports. */
public sealed interface MergeState {
    /**
     * The merge has not ended.
     *
     * @param notStarted the cluster's words, while the merge's Job or its pod does not start
     */
    record UnderWay(Optional<String> notStarted) implements MergeState {}

    /**
     * The tags hold the image.
     *
     * @param at the merge's end
     */
    record Succeeded(PublishedImage image, Instant at) implements MergeState {}

    /**
     * The merge has failed.
     *
     * @param at the merge's end; empty for a merge that never ran
     * @param gone platforms whose images the registry does not have, or does not let the merge read
     * @param supersededBy number of the later run that the tags hold
     * @param limitedBy the registry that answered 429 until the merge gave up
     * @param retryAt when a transient failure is retried
     */
    record Failed(
            Reason reason,
            String message,
            Optional<Instant> at,
            List<String> gone,
            Optional<Long> supersededBy,
            Optional<String> limitedBy,
            Optional<Instant> retryAt)
            implements MergeState {
        public Failed {
            gone = List.copyOf(gone);
        }

        /** Whether the content or the request itself was refused, so that the same merge fails again. */
        public boolean isRefused() {
            return gone.isEmpty()
                    && supersededBy.isEmpty()
                    && limitedBy.isEmpty()
                    && retryAt.isEmpty()
                    && at.isPresent();
        }

        /** Whether another merge of the same content may succeed: a lost image is rebuilt, and a later run gets a later number. */
        public boolean mayBeRepeated() {
            return !gone.isEmpty() || supersededBy.isPresent();
        }

        /** Whether a Job of another object had the merge's name: the merge goes on once that Job is gone. */
        public boolean isNameTaken() {
            return reason == Reason.NameTaken;
        }
    }
}
