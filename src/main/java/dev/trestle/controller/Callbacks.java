package dev.trestle.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.SecondaryToPrimaryMapper;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The functions that informers call for each object, made total. An index function that throws stops its informer for good, and by that the
 * operator; one that ends with an {@link Error} leaves the informer deaf and seemingly healthy. So each has an answer for the case that
 * it fails on one object, and the failure is logged and counted.
 */
public final class Callbacks {
    private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);

    private final Runnable onBroken;

    /** @param onBroken called when a callback has failed on an object */
    public Callbacks(Runnable onBroken) {
        this.onBroken = onBroken;
    }

    /** An object that {@code keys} fails on is in the index nowhere. */
    <R extends HasMetadata> Function<R, List<String>> index(Function<R, List<String>> keys) {
        return object -> orElse(List.of(), object, () -> keys.apply(object));
    }

    /** An object that {@code primaries} fails on wakes nothing. */
    <R extends HasMetadata> SecondaryToPrimaryMapper<R> mapper(Function<R, Set<ResourceID>> primaries) {
        return object -> orElse(Set.of(), object, () -> primaries.apply(object));
    }

    /** A change that {@code filter} fails on matters. */
    <R extends HasMetadata> OnUpdateFilter<R> filter(OnUpdateFilter<R> filter) {
        return (now, before) -> orElse(true, now, () -> filter.accept(now, before));
    }

    /** An object that {@code trim} fails on is kept as it is. */
    <R extends HasMetadata> UnaryOperator<R> trim(UnaryOperator<R> trim) {
        return object -> orElse(object, object, () -> trim.apply(object));
    }

    private <T> T orElse(T otherwise, HasMetadata object, Supplier<T> callback) {
        try {
            return callback.get();
        } catch (RuntimeException | Error e) {
            onBroken.run();
            LOG.atError()
                    .addKeyValue("kind", object.getKind())
                    .addKeyValue("namespace", object.getMetadata().getNamespace())
                    .addKeyValue("name", object.getMetadata().getName())
                    .setCause(e)
                    .log("An event callback failed on an object; the others go on");
            return otherwise;
        }
    }
}
