package dev.trestle.source;

import dev.trestle.core.inputs.FileRecipe;
import dev.trestle.core.plan.SourceView;
import java.util.Map;
import java.util.Optional;

/** What is known of a followed ref. */
sealed interface Seen {
    record Nothing() implements Seen {}

    record Trouble(String message) implements Seen {}

    /** @param files what those of each recipe are, or why that cannot be told */
    record At(String commit, Optional<String> gitTag, Map<FileRecipe, SourceView> files, Pushed pushed)
            implements Seen {
        /** What a build that has come so far has built. */
        boolean isAt(String since) {
            return since.equals(gitTag.orElse(commit));
        }
    }
}
