package dev.trestle.core.matrix;

import dev.trestle.api.BuildArg;
import dev.trestle.api.Leg;
import dev.trestle.core.dockerfile.DockerfileReader;
import dev.trestle.core.dockerfile.DockerfileReads;
import dev.trestle.core.dockerfile.DockerfileReads.Declared;
import dev.trestle.core.inputs.FileRecipe;
import dev.trestle.core.matrix.Finding.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The ARGs of Dockerfiles that matter and that no build argument sets. Arguments that a CI's calling workflow gives beside the matrix are
 * easily forgotten, and the image then differs without a message.
 */
public final class UnsetArguments {
    /** An ARG of a Dockerfile, and its use. */
    private record Unset(String dockerfile, String arg, String why) {}

    /** BuildKit gives them to every build, by the leg's platform. */
    private static final Pattern OF_PLATFORM = Pattern.compile("(TARGET|BUILD)(PLATFORM|OS|ARCH|VARIANT)|TARGETSTAGE");

    private UnsetArguments() {}

    /**
     * One finding for each ARG that becomes part of an ENV, or is declared without a default, and that a build does not set.
     *
     * @param texts of Dockerfiles, by path; empty for one that the repository does not have
     */
    public static List<Finding> of(
            MatrixImport imported, Function<String, Optional<String>> texts, DockerfileReader reader) {
        var unset = new TreeMap<Unset, List<String>>(Comparator.comparing(Unset::dockerfile)
                .thenComparing(Unset::arg)
                .thenComparing(Unset::why));
        recipes(imported)
                .forEach((recipe, users) -> texts.apply(recipe.dockerfile())
                        .ifPresent(text -> unsetIn(recipe, text, reader)
                                .forEach(found -> unset.computeIfAbsent(found, _ -> new ArrayList<>())
                                        .addAll(users))));
        var findings = new ArrayList<Finding>();
        unset.forEach((arg, users) -> findings.add(finding(arg, users)));
        return findings;
    }

    private static List<Unset> unsetIn(FileRecipe recipe, String text, DockerfileReader reader) {
        var request = recipe.request(text);
        var given =
                request.arguments().stream().map(argument -> argument.name()).toList();
        return switch (reader.read(request)) {
            case DockerfileReads.Unknown _ -> List.of();
            case DockerfileReads.Paths paths ->
                paths.declared().stream()
                        .filter(arg -> !given.contains(arg.name()))
                        .filter(arg -> !OF_PLATFORM.matcher(arg.name()).matches())
                        .filter(arg -> arg.inEnvironment() || !arg.hasValue())
                        .map(arg -> unset(recipe, arg))
                        .distinct()
                        .toList();
        };
    }

    private static Unset unset(FileRecipe recipe, Declared arg) {
        return new Unset(recipe.dockerfile(), arg.name(), why(arg));
    }

    private static String why(Declared arg) {
        if (!arg.hasValue()) {
            return arg.inEnvironment() ? "becomes part of an ENV and has no default" : "has no default";
        }
        return "becomes part of an ENV with the Dockerfile's default";
    }

    private static Finding finding(Unset unset, List<String> users) {
        return new Finding(
                Kind.UnsetArgument,
                unset.arg(),
                unset.dockerfile(),
                List.of(),
                users.stream().distinct().toList(),
                "ARG '%s' of '%s' %s, and %s does not set it. Add it to 'buildArgs', with an empty value if none is meant."
                        .formatted(unset.arg(), unset.dockerfile(), unset.why(), Named.some(users)));
    }

    /** An external image has a recipe of its own elsewhere. */
    private static Map<FileRecipe, List<String>> recipes(MatrixImport imported) {
        var recipes = new LinkedHashMap<FileRecipe, List<String>>();
        for (var build : imported.builds()) {
            var spec = build.getSpec();
            if (!spec.legs().stream().allMatch(Leg::isExternal)) {
                add(recipes, FileRecipe.of(spec), build.getMetadata().getName());
            }
            var claim = spec.base() == null ? null : spec.base().claim();
            if (claim != null) {
                add(recipes, recipe(claim.dockerfile(), claim.buildArgs()), "base " + claim.name());
            }
        }
        for (var base : imported.bases()) {
            var spec = base.getSpec();
            add(
                    recipes,
                    recipe(spec.dockerfile(), spec.buildArgs()),
                    "base " + base.getMetadata().getName());
        }
        return recipes;
    }

    private static FileRecipe recipe(@Nullable String dockerfile, List<BuildArg> arguments) {
        return new FileRecipe(List.of(), Objects.requireNonNullElse(dockerfile, "Dockerfile"), ".", arguments);
    }

    private static void add(Map<FileRecipe, List<String>> recipes, FileRecipe recipe, String user) {
        recipes.computeIfAbsent(recipe, _ -> new ArrayList<>()).add(user);
    }
}
