package dev.trestle.core.matrix;

import dev.trestle.core.matrix.Finding.Kind;
import java.util.ArrayList;
import java.util.List;

/** The findings so far, in the order of the matrix. */
final class Findings {
    private final List<Finding> all = new ArrayList<>();

    void add(Finding finding) {
        all.add(finding);
    }

    void add(Kind kind, String name, String message) {
        all.add(Finding.of(kind, name, message));
    }

    List<Finding> all() {
        return List.copyOf(all);
    }
}
