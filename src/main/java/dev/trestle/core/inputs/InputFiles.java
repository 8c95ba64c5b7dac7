package dev.trestle.core.inputs;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which files stand behind an input; keeps what it has read of globs, for many questions in a row. */
public final class InputFiles {
    private final Map<String, Glob> globs = new HashMap<>();

    /** @param input the name of one of the recipe's {@link FileInputs} */
    public boolean selects(FileRecipe recipe, String input, String path) {
        return glob(input).selects(path) && (path.equals(recipe.dockerfile()) || !isExcluded(recipe.inputs(), path));
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
