package dev.trestle.core.plan;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BaseImage;
import dev.trestle.api.ManifestMerge;
import dev.trestle.core.config.Configuration;
import dev.trestle.core.render.MergeJob;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;

/** One write. Carries everything that applying it needs, so that applying takes no decision. */
public sealed interface Action {
    record CreateBase(BaseImage base) implements Action {}

    /** The base gets another consumer. Its version is the observed one: a concurrent change makes the pass run again. */
    record ReplaceBase(BaseImage base) implements Action {}

    record StartLeg(Pod pod) implements Action {}

    /** The leg's inputs have moved, or the leg is gone from the spec. */
    record CancelLeg(Pod pod) implements Action {}

    /** The merge, and with it its Job: the merge's own pass would make the same Job a moment later. */
    record StartMerge(ManifestMerge merge, Configuration configuration) implements Action {
        /** @param created the merge as the API server has it */
        public Job jobOf(ManifestMerge created) {
            return MergeJob.of(created, configuration);
        }
    }

    /** Its time is over, see {@code spec.ttlSecondsAfterFinished}. Unless it has changed since: then its time starts again. */
    record DeleteBuild(BackendBuild build) implements Action {}

    /** A merge of an earlier run, of no use to anyone. */
    record DeleteMerge(ManifestMerge merge) implements Action {}
}
