package dev.trestle.controller;

import dev.trestle.core.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The changes that matter: the spec, the owners, requests by annotation, and a status that another writer has written. None of
 * the last three moves the generation.
 */
public final class SpecOrRequestChanges implements OnUpdateFilter<HasMetadata> {
    /** The name of the operator's writes at the API server. */
    static final String FIELD_MANAGER = "trestle";

    @Override
    public boolean accept(HasMetadata now, HasMetadata before) {
        return !facts(now.getMetadata()).equals(facts(before.getMetadata()))
                || !status(now).equals(status(before));
    }

    private static List<Object> facts(ObjectMeta metadata) {
        return List.of(
                Objects.requireNonNullElse(metadata.getGeneration(), 0L),
                Objects.requireNonNullElse(metadata.getDeletionTimestamp(), ""),
                metadata.getOwnerReferences(),
                requests(metadata));
    }

    /** The SDK filters the operator's own writes: another status here is another writer's. */
    private static Object status(HasMetadata object) {
        return object instanceof CustomResource<?, ?> resource
                ? Objects.requireNonNullElse(resource.getStatus(), "")
                : "";
    }

    /** The annotations by which something is asked of the operator. */
    static SortedMap<String, String> requests(ObjectMeta metadata) {
        var requests = new TreeMap<String, String>();
        Objects.requireNonNullElse(metadata.getAnnotations(), Map.<String, String>of())
                .forEach((key, value) -> {
                    if (key.startsWith(Labels.PREFIX) || key.startsWith(Labels.EXTERNAL)) {
                        requests.put(key, value);
                    }
                });
        return requests;
    }
}
