package dev.trestle.source;

import dev.trestle.core.inputs.FileRecipe;
import dev.trestle.core.plan.SourceView;
import java.util.Map;
import java.util.Optional;

/** The observed state of a followed ref. */
sealed interface Seen {
    record Nothing() implements Seen {}

    record Trouble(String message) implements Seen {}

    /** @param files of each recipe, or the reason why they are unknown */
    record At(String commit, Optional<String> gitTag, Map<FileRecipe, SourceView> files, Pushed pushed)
            implements Seen {
        /** The last commit of a build that has come so far. */
        boolean isAt(String since) {
            return since.equals(gitTag.orElse(commit));
        }
    }
}
