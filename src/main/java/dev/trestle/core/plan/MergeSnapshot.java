package dev.trestle.core.plan;

import dev.trestle.api.ManifestMerge;
import dev.trestle.api.ManifestMergeStatus;
import dev.trestle.core.config.Configuration;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * All that the next step of one merge depends on.
 *
 * @param job the Job that has the name of this merge, of any owner
 * @param pods of the merge's name; a Job that was there before may have left some
 */
public record MergeSnapshot(
        ManifestMerge merge, Optional<Job> job, List<Pod> pods, Configuration configuration, Instant now) {

    public MergeSnapshot {
        pods = List.copyOf(pods);
    }

    public ManifestMergeStatus status() {
        return Objects.requireNonNullElseGet(merge.getStatus(), ManifestMergeStatus::unseen);
    }
}
