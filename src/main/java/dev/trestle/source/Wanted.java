package dev.trestle.source;

import dev.trestle.core.inputs.FileRecipe;
import java.util.Set;

/** The refs and recipes that builds need now. */
public interface Wanted {
    /** Every ref that some build follows. */
    Set<Followed> refs();

    /** The recipes of all builds that follow this ref. */
    Set<FileRecipe> recipesOf(Followed followed);
}
