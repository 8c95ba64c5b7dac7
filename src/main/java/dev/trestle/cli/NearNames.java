package dev.trestle.cli;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts the likeliest names first: those that share the most parts with the typed one. */
final class NearNames {
    private static final int MOST_NAMES = 5;

    private NearNames() {}

    /** The names that are nearest to the typed one, as a sentence has them; empty when there is none. */
    static String quoted(Collection<String> names, String typed) {
        return names.stream()
                .sorted(to(typed))
                .limit(MOST_NAMES)
                .map("'%s'"::formatted)
                .collect(Collectors.joining(", "));
    }

    private static Comparator<String> to(String typed) {
        var parts = parts(typed);
        return Comparator.comparingInt((String name) -> -shared(parts, name)).thenComparing(Comparator.naturalOrder());
    }

    private static int shared(Set<String> parts, String name) {
        var shared = parts(name);
        shared.retainAll(parts);
        return shared.size();
    }

    private static Set<String> parts(String name) {
        return new HashSet<>(Arrays.asList(name.split("-", -1)));
    }
}
