package dev.trestle.controller;

import dev.trestle.core.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.util.List;
import java.util.Map;

/** Reduces objects for the operator's memory. Managed fields, and the specs that it has rendered itself, are most of their size. */
public final class Trim {
    private Trim() {}

    /** Keeps all of an object but its managed fields. */
    public static <R extends HasMetadata> R managedFields(R resource) {
        resource.getMetadata().setManagedFields(List.of());
        return resource;
    }

    /** The pod's name, owner, node, Secrets and state. */
    static Pod pod(Pod pod) {
        return new PodBuilder()
                .withMetadata(identity(pod))
                .withNewSpec()
                .withNodeName(pod.getSpec().getNodeName())
                .withVolumes(pod.getSpec().getVolumes().stream()
                        .filter(volume -> volume.getSecret() != null)
                        .toList())
                .endSpec()
                .withStatus(pod.getStatus())
                .build();
    }

    /** Whose the Job is, whether it is suspended, and how it goes. */
    static Job job(Job job) {
        return new JobBuilder()
                .withMetadata(identity(job))
                .withNewSpec()
                .withSuspend(job.getSpec().getSuspend())
                .endSpec()
                .withStatus(job.getStatus())
                .build();
    }

    private static Map<String, String> registries(ObjectMeta metadata) {
        var registries = metadata.getAnnotations().get(Labels.REGISTRIES);
        return registries == null ? Map.of() : Map.of(Labels.REGISTRIES, registries);
    }

    private static ObjectMeta identity(HasMetadata resource) {
        var metadata = resource.getMetadata();
        return new ObjectMetaBuilder()
                .withName(metadata.getName())
                .withNamespace(metadata.getNamespace())
                .withUid(metadata.getUid())
                .withResourceVersion(metadata.getResourceVersion())
                .withLabels(metadata.getLabels())
                .withAnnotations(registries(metadata))
                .withOwnerReferences(metadata.getOwnerReferences())
                .withCreationTimestamp(metadata.getCreationTimestamp())
                .withDeletionTimestamp(metadata.getDeletionTimestamp())
                .withFinalizers(metadata.getFinalizers())
                .build();
    }
}
