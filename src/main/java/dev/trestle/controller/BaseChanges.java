package dev.trestle.controller;

import dev.trestle.api.BaseImage;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Which changes of a base are news: its spec, who owns it, and what is asked of it by annotation. None of the last two moves the generation. */
public final class BaseChanges implements OnUpdateFilter<BaseImage> {
    @Override
    public boolean accept(BaseImage now, BaseImage before) {
        return !facts(now.getMetadata()).equals(facts(before.getMetadata()));
    }

    private static List<Object> facts(ObjectMeta metadata) {
        return List.of(
                Objects.requireNonNullElse(metadata.getGeneration(), 0L),
                Objects.requireNonNullElse(metadata.getDeletionTimestamp(), ""),
                metadata.getOwnerReferences(),
                Objects.requireNonNullElse(metadata.getAnnotations(), Map.of()));
    }
}
