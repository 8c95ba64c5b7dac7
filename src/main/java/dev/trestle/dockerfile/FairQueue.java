package dev.trestle.dockerfile;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/** Takes from each owner in turn, so that one with much to do delays another by one task at most. Of one thread at a time. */
final class FairQueue<T> {
    private final SequencedMap<String, ArrayDeque<T>> byOwner = new LinkedHashMap<>();

    void add(String owner, T task) {
        byOwner.computeIfAbsent(owner, _ -> new ArrayDeque<>()).add(task);
    }

    Optional<T> take() {
        var first = byOwner.pollFirstEntry();
        if (first == null) {
            return Optional.empty();
        }
        var task = first.getValue().remove();
        if (!first.getValue().isEmpty()) {
            byOwner.putLast(first.getKey(), first.getValue());
        }
        return Optional.of(task);
    }
}
