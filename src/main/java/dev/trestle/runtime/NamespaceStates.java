package dev.trestle.runtime;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which of the namespaces that the operator is to watch it can read, and which it follows. One that cannot be read at the start is not
 * followed; one that is lost later still is for a while, since its informers reconnect by themselves when it comes back soon.
 *
 * @param unreadable how many times in a row each could not be read; 0 for one that can
 * @param followed those whose informers run
 */
record NamespaceStates(Map<String, Integer> unreadable, Set<String> followed) {
    /** By then, the content of its informers is more likely wrong than right. */
    static final int MOST_IN_A_ROW = 10;

    NamespaceStates {
        unreadable = Map.copyOf(unreadable);
        followed = Set.copyOf(followed);
    }

    static NamespaceStates none(Set<String> namespaces) {
        return new NamespaceStates(namespaces.stream().collect(Collectors.toMap(name -> name, _ -> 0)), Set.of());
    }

    boolean isReadable(String namespace) {
        return unreadable.getOrDefault(namespace, 0) == 0;
    }

    /** @param answers why each namespace cannot be read; empty for one that can. One that is not in it stays as it was */
    NamespaceStates after(Map<String, Optional<String>> answers) {
        var counts = new TreeMap<>(unreadable);
        answers.forEach(
                (namespace, why) -> counts.merge(namespace, 1, (before, one) -> why.isEmpty() ? 0 : before + one));
        var follow = counts.entrySet().stream()
                .filter(entry -> entry.getValue() == 0
                        || (followed.contains(entry.getKey()) && entry.getValue() < MOST_IN_A_ROW))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        return new NamespaceStates(counts, follow);
    }
}
