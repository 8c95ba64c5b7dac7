package dev.trestle.core.offline;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.Leg;
import dev.trestle.core.dockerfile.DockerfileReader;
import dev.trestle.core.dockerfile.DockerfileReads;
import dev.trestle.core.inputs.DockerfilePath;
import dev.trestle.core.inputs.FileInputs;
import dev.trestle.core.inputs.FileRecipe;
import dev.trestle.core.inputs.RecipeFiles;
import dev.trestle.core.inputs.Selections;
import dev.trestle.core.inputs.SourceTree;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The files of one revision, and the inputs of each recipe; builds that share a recipe share the answer. */
public final class Checkout {
    private final SourceTree tree;
    private final DockerfileReader reader;
    private final Selections selections;
    private final Function<String, Optional<String>> textOf;
    private final Map<String, Optional<String>> texts = new HashMap<>();
    private final Map<FileRecipe, RecipeFiles> inputs = new HashMap<>();

    /**
     * @param commit its full id
     * @param textOf the text of an object id as the tree has it; asked for Dockerfiles and {@code .gitattributes} only, once for each
     */
    public Checkout(
            String commit, SourceTree tree, Function<String, Optional<String>> textOf, DockerfileReader reader) {
        this.tree = tree;
        this.reader = reader;
        this.selections = new Selections(commit, tree, attributes(tree, textOf));
        this.textOf = textOf;
    }

    private static Map<String, String> attributes(SourceTree tree, Function<String, Optional<String>> textOf) {
        var texts = new HashMap<String, String>();
        tree.attributes().forEach(path -> tree.objectId(path).flatMap(textOf).ifPresent(text -> texts.put(path, text)));
        return texts;
    }

    SourceTree tree() {
        return tree;
    }

    /** The files of a build. An external build has declared inputs alone: its Dockerfile is elsewhere. */
    RecipeFiles inputsOf(BackendBuild build) {
        var recipe = FileRecipe.of(build.getSpec());
        return build.getSpec().legs().stream().allMatch(Leg::isExternal) ? declared(recipe) : inputsOf(recipe);
    }

    private RecipeFiles declared(FileRecipe recipe) {
        return new RecipeFiles(
                FileInputs.of(recipe, selections, Optional.empty()).inputs().stream()
                        .filter(input -> recipe.inputs().contains(String.valueOf(input.name())))
                        .toList(),
                List.of(),
                List.of());
    }

    private RecipeFiles inputsOf(FileRecipe recipe) {
        return inputs.computeIfAbsent(recipe, _ -> FileInputs.of(recipe, selections, reads(recipe)));
    }

    private Optional<DockerfileReads> reads(FileRecipe recipe) {
        return DockerfilePath.of(recipe.dockerfile(), tree)
                .file()
                .flatMap(tree::objectId)
                .flatMap(id -> texts.computeIfAbsent(id, textOf))
                .map(text -> reader.read(recipe.request(text)));
    }
}
