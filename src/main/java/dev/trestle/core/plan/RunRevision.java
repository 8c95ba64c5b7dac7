package dev.trestle.core.plan;

import dev.trestle.api.RunStatus;
import dev.trestle.core.plan.SourceView.Known;
import dev.trestle.core.plan.SourceView.Unavailable;
import dev.trestle.core.plan.SourceView.Unresolved;
import java.util.Optional;

/** Which commit the run builds: one for all its legs, however the branch moves meanwhile. */
final class RunRevision {
    private RunRevision() {}

    static Optional<String> of(Snapshot snapshot) {
        var pinned = snapshot.build().getSpec().source().git().revision();
        if (pinned != null) {
            return Optional.of(pinned);
        }
        var running = snapshot.run().filter(run -> run.finishedAt() == null).map(RunStatus::revision);
        return running.or(() -> head(snapshot));
    }

    /** A repository that cannot be read changes nothing: the last commit stays the one to have. */
    private static Optional<String> head(Snapshot snapshot) {
        return switch (snapshot.source()) {
            case Known(var revision) -> Optional.of(revision);
            case Unresolved _, Unavailable _ -> snapshot.run().map(RunStatus::revision);
        };
    }
}
