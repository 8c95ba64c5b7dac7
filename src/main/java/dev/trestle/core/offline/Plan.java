package dev.trestle.core.offline;

import java.util.List;

/**
 * The builds between two revisions.
 *
 * @param selected legs of builds, by build and platform
 * @param bases legs of bases, likewise
 * @param unclaimed changed files that no build and no base is made of
 * @param builds how many builds there are
 * @param legs how many legs they have, without the external ones
 * @param external legs whose inputs moved and that are built elsewhere
 * @param warnings of builds and bases, by name
 */
public record Plan(
        List<PlannedLeg> selected,
        List<PlannedLeg> bases,
        List<String> unclaimed,
        int builds,
        int legs,
        List<PlannedLeg> external,
        List<Warning> warnings) {

    /** Warnings about the files of a build, or of a base. */
    public record Warning(String build, String message) {}

    public Plan {
        selected = List.copyOf(selected);
        bases = List.copyOf(bases);
        unclaimed = List.copyOf(unclaimed);
        external = List.copyOf(external);
        warnings = List.copyOf(warnings);
    }
}
