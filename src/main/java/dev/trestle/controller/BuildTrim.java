package dev.trestle.controller;

import dev.trestle.api.BackendBuild;
import dev.trestle.core.Labels;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Objects;

/** Reduces builds for a base's memory: all of its own build stays, and of its consumers their specs and their age. */
final class BuildTrim {
    private BuildTrim() {}

    static BackendBuild trim(BackendBuild build) {
        if (isOfBase(build)) {
            return build;
        }
        var metadata = build.getMetadata();
        var trimmed = new BackendBuild();
        trimmed.setMetadata(new ObjectMetaBuilder()
                .withName(metadata.getName())
                .withNamespace(metadata.getNamespace())
                .withUid(metadata.getUid())
                .withResourceVersion(metadata.getResourceVersion())
                .withGeneration(metadata.getGeneration())
                .withCreationTimestamp(metadata.getCreationTimestamp())
                .withDeletionTimestamp(metadata.getDeletionTimestamp())
                .build());
        trimmed.setSpec(build.getSpec());
        return trimmed;
    }

    /** A consumer's progress is no news to its base. */
    static boolean matters(BackendBuild now, BackendBuild before) {
        return isOfBase(now)
                || !Objects.equals(now.getSpec(), before.getSpec())
                || !Objects.equals(
                        now.getMetadata().getDeletionTimestamp(),
                        before.getMetadata().getDeletionTimestamp());
    }

    private static boolean isOfBase(BackendBuild build) {
        return build.getMetadata().getLabels().containsKey(Labels.BASE);
    }
}
