package dev.trestle.core.plan;

import dev.trestle.api.BuiltLeg;
import dev.trestle.api.LegStatus;
import dev.trestle.core.Platform;
import dev.trestle.core.observe.LegOutcome;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Tells whether a leg's anchor still keeps an image that was built. Each build of the leg pushes to the same tag, so a build of other
 * inputs that has begun since may have taken it (invariant 3); and a registry may lose the image of a tag.
 */
final class Anchor {
    private final List<Pod> pods;
    private final Optional<LegStatus> last;
    private final GoneImages gone;

    private Anchor(List<Pod> pods, Optional<LegStatus> last, GoneImages gone) {
        this.pods = pods;
        this.last = last;
        this.gone = gone;
    }

    static Anchor of(Snapshot snapshot, String platform, GoneImages gone) {
        return new Anchor(LegPods.of(snapshot.pods(), Platform.parse(platform)), snapshot.statusOf(platform), gone);
    }

    /**
     * An image that the status has as built: a later start is in the status too. One that was taken over has never been
     * under this anchor.
     */
    boolean keepsRecorded(BuiltLeg image) {
        if (image.isTakenOver()) {
            return !gone.include(image);
        }
        return !othersWereStarted(image.fingerprint()) && noneIsYounger(image) && !gone.include(image);
    }

    /** An image that its pod tells of; the start of that pod may not have been written down. */
    boolean keepsObserved(BuiltLeg image) {
        return noneIsYounger(image) && !isRecordedAsLost(image) && !gone.include(image);
    }

    private boolean isRecordedAsLost(BuiltLeg image) {
        return last.map(LegStatus::built)
                .filter(built -> built.fingerprint().equals(image.fingerprint()))
                .filter(built -> built.finishedAt().equals(image.finishedAt()))
                .filter(built -> !keepsRecorded(built))
                .isPresent();
    }

    private boolean othersWereStarted(String fingerprint) {
        return last.map(LegStatus::fingerprint)
                .filter(started -> !started.equals(fingerprint))
                .isPresent();
    }

    private boolean noneIsYounger(BuiltLeg image) {
        var finishedAt = Instant.parse(image.finishedAt());
        return pods.stream()
                .filter(pod -> !LegPods.builds(pod, image.fingerprint()))
                .noneMatch(pod ->
                        !Instant.parse(pod.getMetadata().getCreationTimestamp()).isBefore(finishedAt)
                                || LegOutcome.pushedAt(pod)
                                        .filter(at -> !at.isBefore(finishedAt))
                                        .isPresent());
    }
}
