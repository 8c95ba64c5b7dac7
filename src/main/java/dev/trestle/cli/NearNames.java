package dev.trestle.cli;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;

/** Puts first what somebody may have meant: names that share the most parts with what was typed. */
final class NearNames {
    private NearNames() {}

    static Comparator<String> to(String typed) {
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
