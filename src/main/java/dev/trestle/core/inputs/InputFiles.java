package dev.trestle.core.inputs;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The files of an input; keeps the results of globs, for many questions in a row. */
public final class InputFiles {
    private final Map<String, Glob> globs = new HashMap<>();

    /**
     * @param files of the recipe
     * @param input the name of one of them
     * @param submodule whether one stands at the path: then a pattern that leads into it selects it
     */
    public boolean selects(FileRecipe recipe, RecipeFiles files, String input, String path, boolean submodule) {
        return files.patternsOf(input).stream()
                        .map(this::glob)
                        .anyMatch(glob -> glob.selects(path) || (submodule && glob.maySelectWithin(path)))
                && (path.equals(recipe.dockerfile()) || !isExcluded(recipe.inputs(), path));
    }

    private boolean isExcluded(List<String> declared, String path) {
        return declared.stream()
                .anyMatch(pattern ->
                        pattern.startsWith("!") && glob(pattern.substring(1)).selects(path));
    }

    private Glob glob(String pattern) {
        return globs.computeIfAbsent(pattern, Glob::of);
    }
}
