package dev.trestle.core.matrix;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BaseClaim;
import dev.trestle.api.BaseImageSpec;
import dev.trestle.api.BaseUse;
import dev.trestle.api.Input;
import dev.trestle.api.Leg;
import dev.trestle.core.inputs.FileInputs;
import dev.trestle.core.inputs.FileRecipe;
import dev.trestle.core.inputs.Selections;
import dev.trestle.core.inputs.SourceTree;
import dev.trestle.core.matrix.Finding.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Whether the repository has the files of the builds and bases: a mapping with a slip in a path gives builds that never rebuild. */
public final class SourceCheck {
    /** No commit is looked at, only whether there are files. */
    private static final String NO_COMMIT = "";

    private SourceCheck() {}

    /** @return one finding for each Dockerfile and each declared input that selects no file of the tree, by name */
    public static List<Finding> of(MatrixImport imported, SourceTree tree) {
        var selections = new Selections(NO_COMMIT, tree);
        var missing = new TreeMap<String, List<String>>();
        recipes(imported)
                .forEach((recipe, users) -> FileInputs.of(recipe, selections, Optional.empty()).inputs().stream()
                        .filter(input -> input.value().equals(FileInputs.NOTHING))
                        .map(Input::name)
                        .filter(Objects::nonNull)
                        .forEach(path -> missing.computeIfAbsent(path, _ -> new ArrayList<>())
                                .addAll(users)));
        var findings = new ArrayList<Finding>();
        missing.forEach((path, users) -> findings.add(new Finding(
                Kind.NoSuchFile,
                path,
                "",
                List.of(),
                users.stream().distinct().toList(),
                "'%s' of %s selects no file of the repository. Is the path in the mapping right?"
                        .formatted(path, Named.some(users)))));
        return findings;
    }

    /** An external image has a recipe of its own elsewhere. */
    private static SequencedMap<FileRecipe, List<String>> recipes(MatrixImport imported) {
        var recipes = new LinkedHashMap<FileRecipe, List<String>>();
        for (var build : imported.builds()) {
            var name = build.getMetadata().getName();
            if (!build.getSpec().legs().stream().allMatch(Leg::isExternal)) {
                add(recipes, FileRecipe.of(build.getSpec()), name);
            }
            claim(build).ifPresent(claim -> add(recipes, recipe(claim), "base " + claim.name()));
        }
        imported.bases()
                .forEach(base -> add(
                        recipes,
                        recipe(base.getSpec()),
                        "base " + base.getMetadata().getName()));
        return recipes;
    }

    /** Arguments make no difference here. */
    private static void add(Map<FileRecipe, List<String>> recipes, FileRecipe recipe, String user) {
        var files = new FileRecipe(recipe.inputs(), recipe.dockerfile(), recipe.context(), List.of());
        recipes.computeIfAbsent(files, _ -> new ArrayList<>()).add(user);
    }

    private static Optional<BaseClaim> claim(BackendBuild build) {
        return Optional.ofNullable(build.getSpec().base()).map(BaseUse::claim);
    }

    private static FileRecipe recipe(BaseClaim claim) {
        return recipe(claim.inputs(), claim.dockerfile(), claim.context());
    }

    private static FileRecipe recipe(BaseImageSpec spec) {
        return recipe(spec.source().git().inputs(), spec.dockerfile(), spec.context());
    }

    private static FileRecipe recipe(List<String> inputs, @Nullable String dockerfile, @Nullable String context) {
        return new FileRecipe(
                inputs,
                Objects.requireNonNullElse(dockerfile, "Dockerfile"),
                Objects.requireNonNullElse(context, "."),
                List.of());
    }
}
