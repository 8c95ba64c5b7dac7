package dev.trestle.controller;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;

/** What the operator keeps of a pod in memory: who it is, whose it is, and how it goes. Spec and managed fields are most of its size. */
final class PodTrim {
    private PodTrim() {}

    static Pod trim(Pod pod) {
        var metadata = pod.getMetadata();
        return new PodBuilder()
                .withMetadata(new ObjectMetaBuilder()
                        .withName(metadata.getName())
                        .withNamespace(metadata.getNamespace())
                        .withUid(metadata.getUid())
                        .withResourceVersion(metadata.getResourceVersion())
                        .withLabels(metadata.getLabels())
                        .withOwnerReferences(metadata.getOwnerReferences())
                        .withCreationTimestamp(metadata.getCreationTimestamp())
                        .withDeletionTimestamp(metadata.getDeletionTimestamp())
                        .build())
                .withStatus(pod.getStatus())
                .build();
    }
}
