package dev.trestle.source;

import dev.trestle.core.inputs.FileRecipe;
import java.util.Set;

/** Receives changes of followed refs. */
@FunctionalInterface
public interface SourceListener {
    /** The observed state of the ref has changed. */
    void sourceChanged(Followed followed);

    /** Nothing has changed but that the files of these recipes are known now. */
    default void recipesAnswered(Followed followed, Set<FileRecipe> recipes) {
        sourceChanged(followed);
    }
}
