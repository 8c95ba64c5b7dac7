package dev.trestle.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.javaoperatorsdk.operator.processing.event.source.informer.TransformingItemStore;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The stores of informers. The operator SDK up to 5.3.2 gives one store to the informers of all namespaces of an event
 * source, and each of these takes objects that its own list lacks for deleted: with two namespaces the one would empty the other (no upstream
 * issue yet). So there, every informer has the store that it makes itself, which trims nothing.
 */
public final class Stores {
    private final boolean oneInformer;
    private final Callbacks callbacks;

    /** @param oneInformer whether each event source has one informer: for all namespaces, or for one */
    public Stores(boolean oneInformer, Callbacks callbacks) {
        this.oneInformer = oneInformer;
        this.callbacks = callbacks;
    }

    Callbacks callbacks() {
        return callbacks;
    }

    /** A store of objects as {@code trim} reduces them; null for the informer's own. */
    public <R extends HasMetadata> @Nullable ItemStore<R> trimming(UnaryOperator<R> trim) {
        return oneInformer ? new TransformingItemStore<>(callbacks.trim(trim)) : null;
    }
}
