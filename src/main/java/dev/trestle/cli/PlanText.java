package dev.trestle.cli;

import dev.trestle.core.offline.Plan;
import dev.trestle.core.offline.PlannedLeg;
import dev.trestle.core.offline.PlannedLeg.Why;
import dev.trestle.source.LocalRepository.Commit;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A plan for people. */
final class PlanText {
    private static final int MOST_FILES = 3;
    private static final int MOST_UNCLAIMED = 20;

    private PlanText() {}

    /** @param commit whose plan it is, among others */
    static void print(Optional<Commit> commit, Plan plan, PrintWriter out) {
        commit.ifPresent(now -> out.printf("== %.12s %s%n", now.id(), now.subject()));
        legs("Base ", plan.bases(), out);
        legs("", plan.selected(), out);
        unclaimed(plan.unclaimed(), out);
        out.println(summary(plan));
        if (!plan.external().isEmpty()) {
            out.printf(
                    "%s moved too, built elsewhere: %s.%n",
                    count(plan.external().size(), "external leg"), names(plan.external()));
        }
        warnings(plan, out);
        commit.ifPresent(_ -> out.println());
    }

    /** Builds of one Dockerfile have the same. */
    private static void warnings(Plan plan, PrintWriter out) {
        plan.warnings().stream()
                .collect(Collectors.groupingBy(
                        Plan.Warning::message,
                        LinkedHashMap::new,
                        Collectors.mapping(Plan.Warning::build, Collectors.toList())))
                .forEach((message, builds) -> out.printf("Warning: %s: %s%n", shortened(builds, MOST_FILES), message));
    }

    private static String summary(Plan plan) {
        var builds = plan.selected().stream().map(PlannedLeg::build).distinct().count();
        var bases = plan.bases().stream().map(PlannedLeg::build).distinct().count();
        return "%s of %s would be built, of %d legs of %d builds; and %s of %s."
                .formatted(
                        count(plan.selected().size(), "leg"),
                        count(builds, "build"),
                        plan.legs(),
                        plan.builds(),
                        count(plan.bases().size(), "leg"),
                        count(bases, "base"));
    }

    /** Legs of one build that are built for the same reasons stand together. */
    private static void legs(String kind, List<PlannedLeg> legs, PrintWriter out) {
        record Group(String build, List<Why> reasons) {}
        legs.stream()
                .collect(Collectors.groupingBy(
                        leg -> new Group(leg.build(), leg.reasons()),
                        LinkedHashMap::new,
                        Collectors.mapping(PlannedLeg::platform, Collectors.joining(", "))))
                .forEach((group, platforms) -> {
                    out.printf("%s%s (%s)%n", kind, group.build(), platforms);
                    group.reasons().forEach(why -> out.println("  " + sentence(why)));
                });
        if (!legs.isEmpty()) {
            out.println();
        }
    }

    private static String sentence(Why why) {
        var moved = "%s %s -> %s".formatted(why.input(), why.old(), why.now());
        return why.files().isEmpty()
                        || why.input().equals("Source " + why.files().getFirst())
                ? moved
                : moved + ": " + shortened(why.files(), MOST_FILES);
    }

    private static void unclaimed(List<String> files, PrintWriter out) {
        if (!files.isEmpty()) {
            out.printf("No build and no base is made of: %s%n%n", shortened(files, MOST_UNCLAIMED));
        }
    }

    private static String names(List<PlannedLeg> legs) {
        return shortened(legs.stream().map(PlannedLeg::build).distinct().toList(), MOST_FILES);
    }

    private static String shortened(List<String> items, int most) {
        var shown = items.stream().limit(most).collect(Collectors.joining(", "));
        return items.size() <= most ? shown : "%s and %d more".formatted(shown, items.size() - most);
    }

    private static String count(long count, String noun) {
        return "%d %s%s".formatted(count, noun, count == 1 ? "" : "s");
    }
}
