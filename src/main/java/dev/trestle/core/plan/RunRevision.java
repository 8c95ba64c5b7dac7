package dev.trestle.core.plan;

import dev.trestle.api.GitSource;
import dev.trestle.api.RunStatus;
import dev.trestle.core.Hash;
import dev.trestle.core.plan.SourceView.Known;
import dev.trestle.core.plan.SourceView.Unavailable;
import dev.trestle.core.plan.SourceView.Unresolved;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Which commit the run builds: one for all its legs, however the branch moves meanwhile. */
public final class RunRevision {
    private RunRevision() {}

    static Optional<String> of(Snapshot snapshot) {
        var pinned = snapshot.build().getSpec().source().git().revision();
        if (pinned != null) {
            return Optional.of(pinned);
        }
        var running = lastOfSameSource(snapshot).filter(run -> run.finishedAt() == null);
        return running.map(RunStatus::revision).or(() -> head(snapshot));
    }

    /** Tells whether a commit was found at the place that the spec now names: another ref's commit is none of this one's. */
    public static String sourceHash(GitSource git) {
        return Hash.shortOf(16, List.of(git.url(), Objects.requireNonNullElse(git.ref(), "")));
    }

    /** A repository that cannot be read changes nothing: the last commit stays the one to have. */
    private static Optional<String> head(Snapshot snapshot) {
        return switch (snapshot.source()) {
            case Known(var revision) -> Optional.of(revision);
            case Unresolved _, Unavailable _ -> lastOfSameSource(snapshot).map(RunStatus::revision);
        };
    }

    private static Optional<RunStatus> lastOfSameSource(Snapshot snapshot) {
        var source = sourceHash(snapshot.build().getSpec().source().git());
        return snapshot.run().filter(run -> source.equals(run.source()));
    }
}
