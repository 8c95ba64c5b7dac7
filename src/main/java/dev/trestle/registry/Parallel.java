package dev.trestle.registry;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** The same work on several registries or legs at once. */
final class Parallel {

    private Parallel() {}

    /** The results in order; the first failure in order is thrown, after all have ended. */
    static <A, B> List<B> map(List<A> items, Function<A, B> work) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = items.stream()
                    .map(item -> CompletableFuture.supplyAsync(() -> work.apply(item), threads))
                    .toList();
            return running.stream().map(CompletableFuture::join).toList();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
