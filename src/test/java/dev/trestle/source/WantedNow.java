package dev.trestle.source;

import dev.trestle.core.inputs.FileRecipe;
import java.util.Set;
import java.util.function.Supplier;

/** What the builds of a test want to know. */
record WantedNow(Supplier<Set<Followed>> followed, Supplier<Set<FileRecipe>> recipes) implements Wanted {
    @Override
    public Set<Followed> refs() {
        return followed.get();
    }

    @Override
    public Set<FileRecipe> recipesOf(Followed ref) {
        return recipes.get();
    }
}
