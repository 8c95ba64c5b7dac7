package dev.trestle.core.inputs;

import dev.trestle.api.Input;
import dev.trestle.api.InputKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * The files that an image is made of: those that its spec declares, the Dockerfile, and those that the Dockerfile names. Each is an
 * input by the path or the glob that selects it, with a hash of what that selects.
 */
public final class FileInputs {
    /** What a path or a glob comes to that selects nothing. */
    public static final String NOTHING = "none";

    /** What stands behind a link is not looked up: it may be anywhere. */
    private static final String WHOLE_REPOSITORY = ".";

    private final Selections selections;
    private final List<String> excluded;
    private final SequencedMap<String, String> values = new LinkedHashMap<>();

    private FileInputs(Selections selections, List<String> declared) {
        this.selections = selections;
        this.excluded = declared.stream()
                .filter(FileInputs::excludes)
                .map(pattern -> pattern.substring(1))
                .toList();
    }

    /**
     * @param dockerfile the text of the recipe's Dockerfile in this tree; empty when it cannot be read
     * @return in the order: declared, Dockerfile, what the Dockerfile names
     */
    public static List<Input> of(FileRecipe recipe, SourceTree tree, Optional<String> dockerfile) {
        return of(recipe, new Selections(tree), dockerfile);
    }

    /** The same for many recipes of one tree. */
    public static List<Input> of(FileRecipe recipe, Selections selections, Optional<String> dockerfile) {
        var declared =
                recipe.inputs().stream().filter(pattern -> !excludes(pattern)).toList();
        var files = new FileInputs(selections, recipe.inputs());
        declared.forEach(files::add);
        files.addFile(recipe.dockerfile());
        ignoreFiles(recipe)
                .filter(path -> selections.tree().objectId(path).isPresent())
                .forEach(files::addFile);
        if (selections.tree().leadsThroughLink(recipe.dockerfile())) {
            files.add(WHOLE_REPOSITORY);
            return files.inputs();
        }
        var copied = dockerfile.flatMap(text -> CopiedPaths.of(selections.dockerfile(text), recipe.buildArgs()));
        copied.ifPresent(paths -> paths.stream()
                .map(path -> inContext(recipe.context(), path))
                .filter(path -> declared.isEmpty() || !isContext(recipe.context(), path))
                .forEach(files::addCopied));
        if (declared.isEmpty() && copied.isEmpty()) {
            files.add(recipe.context());
        }
        if (copied.stream().flatMap(Collection::stream).anyMatch(path -> files.leadsThroughLink(recipe, path))) {
            files.add(WHOLE_REPOSITORY);
        }
        return files.inputs();
    }

    /** COPY follows a link that it names, and one on the way to what it names. */
    private boolean leadsThroughLink(FileRecipe recipe, String copied) {
        return selections
                .tree()
                .leadsThroughLink(
                        selections.glob(inContext(recipe.context(), copied)).literal());
    }

    private static boolean excludes(String pattern) {
        return pattern.startsWith("!");
    }

    /** All of the context says nothing beside what is declared. */
    private static boolean isContext(String context, String path) {
        return path.equals(inContext(context, "."));
    }

    /** BuildKit looks for the first of these; the second is everybody's. */
    private static Stream<String> ignoreFiles(FileRecipe recipe) {
        return Stream.of(recipe.dockerfile() + ".dockerignore", inContext(recipe.context(), ".dockerignore"));
    }

    private static String inContext(String context, String path) {
        if (context.equals(".")) {
            return path;
        }
        var folder = context.replaceFirst("/+$", "");
        return path.equals(".") ? folder : folder + "/" + path;
    }

    /** COPY takes a folder that its glob selects with all that is in it. A folder that is declared with all that is in it is there. */
    private void addCopied(String path) {
        var inFolders = path + "/**";
        if (values.containsKey(inFolders) && selections.tree().objectId(path).isEmpty()) {
            return;
        }
        add(path);
        if (Glob.hasWildcard(path)
                && !path.endsWith("**")
                && selections.selected(inFolders, excluded).findAny().isPresent()) {
            add(inFolders);
        }
    }

    private void add(String pattern) {
        values.computeIfAbsent(pattern, _ -> selections.valueOf(pattern, excluded));
    }

    /** No exclusion takes out what BuildKit itself reads. */
    private void addFile(String path) {
        values.put(path, selections.tree().objectId(path).orElse(NOTHING));
    }

    private List<Input> inputs() {
        var inputs = new ArrayList<Input>();
        values.forEach((name, value) -> inputs.add(new Input(InputKind.Source, name, value)));
        return inputs;
    }
}
