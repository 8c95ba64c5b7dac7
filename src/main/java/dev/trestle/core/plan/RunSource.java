package dev.trestle.core.plan;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildSpec;
import dev.trestle.api.BackendBuildStatus;
import dev.trestle.api.BuildArg;
import dev.trestle.api.RunPolicy;
import dev.trestle.api.RunStatus;
import dev.trestle.core.Hash;
import dev.trestle.core.inputs.FileRecipe;
import dev.trestle.core.inputs.InputsVersion;
import dev.trestle.core.inputs.RecordedInputs;
import dev.trestle.core.plan.SourceView.Known;
import dev.trestle.core.plan.SourceView.Unavailable;
import dev.trestle.core.plan.SourceView.Unresolved;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Which commit the run builds, and with which files: one for all its legs, however the branch moves meanwhile. */
public final class RunSource {
    /** Each is read with all of its folders and has a run of its own, so there must be an end. */
    public static final int MOST_PUSHES = 50;

    private RunSource() {}

    static Optional<Known> of(Snapshot snapshot) {
        var last = lastOfSameSource(snapshot.build());
        return last.filter(run -> run.finishedAt() == null)
                .filter(run -> snapshot.build().getSpec().runPolicy() != RunPolicy.Replace
                        || isOfOlderVersion(snapshot.source(), run))
                .map(Known::recorded)
                .or(() -> head(snapshot, last))
                .filter(known -> !Releases.isOvertaken(snapshot, known));
    }

    /** An upgrade of the operator replaces no run: the commit is the same, read by another version of the rule. */
    private static boolean isOfOlderVersion(SourceView source, RunStatus run) {
        return source instanceof Known head
                && head.revision().equals(run.revision())
                && head.gitTag().equals(Optional.ofNullable(run.gitTag()))
                && head.inputsVersion() != run.effectiveInputsVersion();
    }

    /** The last run's commit and files, as they were recorded, when they are of the source that the spec now names. */
    static Optional<Known> recorded(BackendBuild build) {
        return lastOfSameSource(build).map(Known::recorded);
    }

    /** The newest commit, when a run of an older one has not ended. */
    static Optional<Known> newerThanRun(Snapshot snapshot) {
        var running = lastOfSameSource(snapshot.build()).filter(run -> run.finishedAt() == null);
        return running.flatMap(
                run -> head(snapshot, running).filter(head -> !head.revision().equals(run.revision())));
    }

    /**
     * Since when a build has to know all that was pushed, and not the head alone.
     *
     * @return the commit of its last run, or the tag of its last release; empty unless each is built
     */
    public static Optional<String> since(BackendBuild build) {
        return build.getSpec().runPolicy() == RunPolicy.Every
                ? lastOfSameSource(build).map(run -> Objects.requireNonNullElse(run.gitTag(), run.revision()))
                : Optional.empty();
    }

    /** Whether other files than those of the last run turn out to need no run: it must be known that they had their turn. */
    public static boolean isPassedOver(Snapshot snapshot, Known source) {
        return snapshot.build().getSpec().runPolicy() == RunPolicy.Every
                && lastOfSameSource(snapshot.build())
                        .filter(run -> run.finishedAt() != null)
                        .filter(run -> differs(source, run))
                        .isPresent();
    }

    /**
     * Tells whether a commit and its files are those of the place that the spec now names, and of the files that it now selects.
     *
     * @param inputsVersion of the rule that has found the files: the first one did not hash all of the recipe, and its runs go on
     */
    public static String hash(BackendBuildSpec spec, int inputsVersion) {
        var git = spec.source().git();
        var recipe = FileRecipe.of(spec);
        var hashed = new ArrayList<>(List.of(
                git.url(),
                Objects.requireNonNullElse(git.ref(), ""),
                Objects.requireNonNullElse(git.revision(), ""),
                recipe.dockerfile(),
                recipe.context(),
                String.valueOf(recipe.inputs().size())));
        hashed.addAll(recipe.inputs());
        recipe.buildArgs().stream().sorted(Comparator.comparing(BuildArg::name)).forEach(arg -> {
            hashed.add(arg.name());
            hashed.add(arg.value());
        });
        if (inputsVersion > InputsVersion.FIRST) {
            recipe.target().ifPresent(target -> hashed.addAll(List.of("target", target)));
            recipe.operatorArgs().forEach(arg -> {
                hashed.add("set by the operator");
                hashed.add(arg.name());
                hashed.addAll(arg.values());
            });
        }
        return Hash.shortOf(16, hashed);
    }

    /** A repository that cannot be read changes nothing, nor does a release that is gone: the last commit stays the one to have. */
    private static Optional<Known> head(Snapshot snapshot, Optional<RunStatus> last) {
        return switch (snapshot.source()) {
            case Known head when Releases.isOvertaken(snapshot, head) -> last.map(Known::recorded);
            case Known head -> Optional.of(last.map(run -> next(head, run)).orElse(head));
            case Unresolved _, Unavailable _ -> last.map(Known::recorded);
        };
    }

    /** The oldest later commit that has other files; there are none unless the run policy builds each. */
    private static Known next(Known head, RunStatus last) {
        return head.before().stream()
                .filter(pushed -> differs(pushed, last))
                .findFirst()
                .orElse(head)
                .skipping(head.skipped());
    }

    /** A release is published even if it is made of the same files. */
    private static boolean differs(Known source, RunStatus last) {
        return !RecordedInputs.of(last).areSameAs(source.files(), source.inputsVersion(), List.of())
                || !source.gitTag().equals(Optional.ofNullable(last.gitTag()));
    }

    private static Optional<RunStatus> lastOfSameSource(BackendBuild build) {
        return Optional.ofNullable(build.getStatus())
                .map(BackendBuildStatus::run)
                .filter(run ->
                        hash(build.getSpec(), run.effectiveInputsVersion()).equals(run.source()));
    }
}
