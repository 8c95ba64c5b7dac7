package dev.trestle.core.offline;

import java.util.List;

/**
 * A leg that would be built.
 *
 * @param build name of the build, or of the base
 * @param reasons never empty
 */
public record PlannedLeg(String build, String platform, List<Why> reasons) {
    public PlannedLeg {
        reasons = List.copyOf(reasons);
    }

    /**
     * An input that differs.
     *
     * @param input as people name it: {@code Source backend/go/**}, {@code Base python-cpu}
     * @param files the changed files behind it
     */
    public record Why(String input, String old, String now, List<String> files) {
        public Why {
            files = List.copyOf(files);
        }
    }
}
