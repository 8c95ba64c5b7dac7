package dev.trestle.core.plan;

import dev.trestle.api.ManifestMerge;
import io.fabric8.kubernetes.api.model.Pod;

/** One write. Carries everything that applying it needs, so that applying takes no decision. */
public sealed interface Action {
    record StartLeg(Pod pod) implements Action {}

    /** The leg's inputs have moved, or the leg is gone from the spec. */
    record CancelLeg(Pod pod) implements Action {}

    record StartMerge(ManifestMerge merge) implements Action {}

    /** A merge of an earlier run, of no use to anyone. */
    record DeleteMerge(ManifestMerge merge) implements Action {}
}
