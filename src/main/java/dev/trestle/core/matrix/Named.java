package dev.trestle.core.matrix;

import java.util.List;
import java.util.stream.Collectors;

/** Long lists as people read them. */
final class Named {
    private static final int SHOWN = 3;

    private Named() {}

    /** As {@code 'a', 'b', 'c' and 4 more}. */
    static String some(List<String> names) {
        var distinct = names.stream().distinct().toList();
        var shown = distinct.stream().limit(SHOWN).map("'%s'"::formatted).collect(Collectors.joining(", "));
        return distinct.size() <= SHOWN ? shown : "%s and %d more".formatted(shown, distinct.size() - SHOWN);
    }
}
