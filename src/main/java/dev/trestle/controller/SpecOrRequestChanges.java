package dev.trestle.controller;

import dev.trestle.core.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which changes are news: the spec, who owns it, and what is asked of it by annotation. None of the last two moves the generation. */
public final class SpecOrRequestChanges implements OnUpdateFilter<HasMetadata> {
    @Override
    public boolean accept(HasMetadata now, HasMetadata before) {
        return !facts(now.getMetadata()).equals(facts(before.getMetadata()));
    }

    private static List<Object> facts(ObjectMeta metadata) {
        return List.of(
                Objects.requireNonNullElse(metadata.getGeneration(), 0L),
                Objects.requireNonNullElse(metadata.getDeletionTimestamp(), ""),
                metadata.getOwnerReferences(),
                requests(metadata));
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
