package dev.trestle.core.offline;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.Input;
import dev.trestle.api.Leg;
import dev.trestle.core.inputs.FileInputs;
import dev.trestle.core.inputs.FileRecipe;
import dev.trestle.core.inputs.Selections;
import dev.trestle.core.inputs.SourceTree;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The files of one revision, and what they come to for each recipe; builds that share a recipe share the answer. */
public final class Checkout {
    private final SourceTree tree;
    private final Selections selections;
    private final Function<String, Optional<String>> textOf;
    private final Map<String, Optional<String>> texts = new HashMap<>();
    private final Map<FileRecipe, List<Input>> inputs = new HashMap<>();

    /** @param textOf the text of an object id as the tree has it; asked for Dockerfiles only, once for each */
    public Checkout(SourceTree tree, Function<String, Optional<String>> textOf) {
        this.tree = tree;
        this.selections = new Selections(tree);
        this.textOf = textOf;
    }

    SourceTree tree() {
        return tree;
    }

    /** The files of a build. What is built elsewhere alone is made of what it declares: its Dockerfile is not ours to read. */
    List<Input> inputsOf(BackendBuild build) {
        var recipe = FileRecipe.of(build.getSpec());
        return build.getSpec().legs().stream().allMatch(Leg::isExternal) ? declared(recipe) : inputsOf(recipe);
    }

    private List<Input> declared(FileRecipe recipe) {
        return FileInputs.of(recipe, selections, Optional.empty()).stream()
                .filter(input -> recipe.inputs().contains(String.valueOf(input.name())))
                .toList();
    }

    private List<Input> inputsOf(FileRecipe recipe) {
        return inputs.computeIfAbsent(recipe, _ -> FileInputs.of(recipe, selections, dockerfile(recipe)));
    }

    private Optional<String> dockerfile(FileRecipe recipe) {
        return tree.objectId(recipe.dockerfile()).flatMap(id -> texts.computeIfAbsent(id, textOf));
    }
}
