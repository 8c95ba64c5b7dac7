package dev.trestle.core.offline;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.InputKind;
import dev.trestle.api.Leg;
import dev.trestle.core.inputs.FileRecipe;
import dev.trestle.core.inputs.InputFiles;
import dev.trestle.core.inputs.InputsVersion;
import dev.trestle.core.inputs.Moved;
import dev.trestle.core.inputs.SourceTree;
import dev.trestle.core.offline.PlannedLeg.Why;
import dev.trestle.core.offline.Specs.Name;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Compares every leg's inputs at two revisions: a leg that differs would be built, with the reason. */
public final class OfflinePlan {
    private static final String NONE = "none";

    private final Specs before;
    private final Specs after;
    private final Checkout from;
    private final Checkout to;
    private final Fingerprints old;
    private final Fingerprints now;
    private final List<String> changed;
    private final InputFiles files = new InputFiles();

    private OfflinePlan(Specs before, Checkout from, Specs after, Checkout to) {
        this.before = before;
        this.after = after;
        this.from = from;
        this.to = to;
        this.old = new Fingerprints(before, from);
        this.now = new Fingerprints(after, to);
        this.changed = changed(from.tree(), to.tree());
    }

    /**
     * @param before the specs at the first revision, mostly the same as {@code after}
     * @return the same for the same arguments, whatever the order of the specs
     */
    public static Plan between(Specs before, Checkout from, Specs after, Checkout to) {
        return new OfflinePlan(before, from, after, to).plan();
    }

    private Plan plan() {
        var legs = moved(before.builds(), after.builds());
        return new Plan(
                planned(legs, false),
                planned(moved(before.bases(), after.bases()), false),
                unclaimed(),
                after.builds().size(),
                (int) after.builds().values().stream()
                        .flatMap(build -> build.getSpec().legs().stream())
                        .filter(leg -> !leg.isExternal())
                        .count(),
                planned(legs, true),
                warnings());
    }

    private List<Plan.Warning> warnings() {
        return Stream.of(after.builds(), after.bases())
                .flatMap(builds -> builds.entrySet().stream())
                .flatMap(build -> to.inputsOf(build.getValue()).warnings().stream()
                        .map(warning -> new Plan.Warning(build.getKey().name(), warning.message())))
                .toList();
    }

    private record MovedLeg(Name build, Leg leg, List<Why> reasons) {}

    private static List<PlannedLeg> planned(List<MovedLeg> legs, boolean external) {
        return legs.stream()
                .filter(moved -> moved.leg().isExternal() == external)
                .map(moved -> new PlannedLeg(moved.build().name(), moved.leg().platform(), moved.reasons()))
                .toList();
    }

    private List<MovedLeg> moved(Map<Name, BackendBuild> olds, Map<Name, BackendBuild> nows) {
        var moved = new ArrayList<MovedLeg>();
        nows.forEach((name, build) -> build.getSpec().legs().stream()
                .sorted(Comparator.comparing(Leg::platform))
                .forEach(leg -> {
                    var reasons = reasons(Optional.ofNullable(olds.get(name)), build, leg);
                    if (!reasons.isEmpty()) {
                        moved.add(new MovedLeg(name, leg, reasons));
                    }
                }));
        return moved;
    }

    /** A build or a leg that was not there has come from nothing. */
    private List<Why> reasons(Optional<BackendBuild> last, BackendBuild build, Leg leg) {
        var built = last.stream()
                .flatMap(found -> legOf(found, leg).map(same -> old.inputsOf(found, same)))
                .findFirst()
                .orElse(List.of());
        return Moved.between(built, now.inputsOf(build, leg)).stream()
                .map(moved -> why(moved, last, build))
                .toList();
    }

    private static Stream<Leg> legOf(BackendBuild build, Leg leg) {
        return build.getSpec().legs().stream().filter(other -> other.platform().equals(leg.platform()));
    }

    private Why why(Moved moved, Optional<BackendBuild> last, BackendBuild build) {
        return new Why(
                nameOf(moved, last, build),
                moved.from().map(InputsVersion::shown).orElse(NONE),
                moved.to().map(InputsVersion::shown).orElse(NONE),
                filesBehind(moved, last, build));
    }

    private static String nameOf(Moved moved, Optional<BackendBuild> last, BackendBuild build) {
        return moved.kind() == InputKind.Base
                ? Specs.baseOf(build)
                        .or(() -> last.flatMap(Specs::baseOf))
                        .map(base -> moved.input() + " " + base.name())
                        .orElse(moved.input())
                : moved.input();
    }

    private List<String> filesBehind(Moved moved, Optional<BackendBuild> last, BackendBuild build) {
        var input = moved.name();
        if (moved.kind() != InputKind.Source || input == null) {
            return List.of();
        }
        var behind = new TreeSet<>(behind(input, build, to));
        last.ifPresent(old -> behind.addAll(behind(input, old, from)));
        return List.copyOf(behind);
    }

    private List<String> behind(String input, BackendBuild build, Checkout checkout) {
        var recipe = FileRecipe.of(build.getSpec());
        var inputs = checkout.inputsOf(build);
        return changed.stream()
                .filter(path -> files.selects(recipe, inputs, input, path, isSubmodule(path)))
                .toList();
    }

    private boolean isSubmodule(String path) {
        return Stream.of(from, to)
                .flatMap(checkout -> checkout.tree().objectId(path).stream())
                .anyMatch(SourceTree::isSubmodule);
    }

    private List<String> unclaimed() {
        var left = new ArrayList<>(changed);
        leaveUnclaimed(left, before, from);
        leaveUnclaimed(left, after, to);
        return left;
    }

    private void leaveUnclaimed(List<String> left, Specs specs, Checkout checkout) {
        for (var all : List.of(specs.builds(), specs.bases())) {
            for (var build : all.values()) {
                var recipe = FileRecipe.of(build.getSpec());
                if (left.isEmpty()) {
                    return;
                }
                var inputs = checkout.inputsOf(build);
                left.removeIf(path -> inputs.inputs().stream()
                        .anyMatch(input ->
                                files.selects(recipe, inputs, String.valueOf(input.name()), path, isSubmodule(path))));
            }
        }
    }

    private static List<String> changed(SourceTree from, SourceTree to) {
        var paths = new TreeSet<>(from.files().keySet());
        paths.addAll(to.files().keySet());
        return paths.stream()
                .filter(path -> !from.objectId(path).equals(to.objectId(path)))
                .toList();
    }
}
