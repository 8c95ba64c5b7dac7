package dev.trestle.core.plan;

import dev.trestle.core.Labels;
import dev.trestle.core.Platform;
import dev.trestle.core.observe.LegOutcome;
import dev.trestle.core.render.LegPod;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.List;

/** Picks pods by the labels that they were made with. */
final class LegPods {
    private LegPods() {}

    static List<Pod> of(List<Pod> pods, Platform platform) {
        return pods.stream()
                .filter(pod ->
                        platform.dashed().equals(pod.getMetadata().getLabels().get(Labels.LEG)))
                .toList();
    }

    /** The label holds as much of the fingerprint as a label can. */
    static boolean builds(Pod pod, String fingerprint) {
        var label = pod.getMetadata().getLabels().get(Labels.FINGERPRINT);
        return label != null && fingerprint.startsWith(label);
    }

    /** Two pods at once would push to one anchor: a late pod, or one that is being deleted, gets its grace period. */
    static Instant goneAt(Pod pod, Instant now) {
        if (LegOutcome.hasEnded(pod)) {
            return Instant.MIN;
        }
        var deleted = pod.getMetadata().getDeletionTimestamp();
        return deleted == null ? now.plus(LegPod.grace(pod)) : Instant.parse(deleted);
    }
}
