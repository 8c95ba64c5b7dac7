package dev.trestle.core.plan;

import dev.trestle.api.BackendBuildSpec;
import dev.trestle.api.BuildArg;
import dev.trestle.api.RunPolicy;
import dev.trestle.api.RunStatus;
import dev.trestle.core.Hash;
import dev.trestle.core.inputs.FileRecipe;
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
    private RunSource() {}

    static Optional<Known> of(Snapshot snapshot) {
        var last = lastOfSameSource(snapshot);
        return last.filter(run -> run.finishedAt() == null)
                .filter(_ -> snapshot.build().getSpec().runPolicy() != RunPolicy.Replace)
                .map(RunSource::known)
                .or(() -> head(snapshot, last));
    }

    /** Tells whether a commit and its files are those of the place that the spec now names, and of the files that it now selects. */
    public static String hash(BackendBuildSpec spec) {
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
        return Hash.shortOf(16, hashed);
    }

    /** A repository that cannot be read changes nothing: the last commit stays the one to have. */
    private static Optional<Known> head(Snapshot snapshot, Optional<RunStatus> last) {
        return switch (snapshot.source()) {
            case Known head -> Optional.of(head);
            case Unresolved _, Unavailable _ -> last.map(RunSource::known);
        };
    }

    private static Optional<RunStatus> lastOfSameSource(Snapshot snapshot) {
        var source = hash(snapshot.build().getSpec());
        return snapshot.run().filter(run -> source.equals(run.source()));
    }

    private static Known known(RunStatus run) {
        return new Known(run.revision(), run.inputs());
    }
}
