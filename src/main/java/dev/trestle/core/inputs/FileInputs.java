package dev.trestle.core.inputs;

import dev.trestle.api.Input;
import dev.trestle.api.InputKind;
import dev.trestle.core.Hash;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    private static final int HASH_DIGITS = 12;

    private final SourceTree tree;
    private final List<Glob> excluded;
    private final SequencedMap<String, String> values = new LinkedHashMap<>();

    private FileInputs(SourceTree tree, List<String> declared) {
        this.tree = tree;
        this.excluded = declared.stream()
                .filter(FileInputs::excludes)
                .map(pattern -> Glob.of(pattern.substring(1)))
                .toList();
    }

    /**
     * @param dockerfile the text of the recipe's Dockerfile in this tree; empty when it cannot be read
     * @return in the order: declared, Dockerfile, what the Dockerfile names
     */
    public static List<Input> of(FileRecipe recipe, SourceTree tree, Optional<String> dockerfile) {
        var declared =
                recipe.inputs().stream().filter(pattern -> !excludes(pattern)).toList();
        var files = new FileInputs(tree, recipe.inputs());
        declared.forEach(files::add);
        files.addFile(recipe.dockerfile());
        ignoreFiles(recipe).filter(path -> tree.objectId(path).isPresent()).forEach(files::addFile);
        var copied = dockerfile.flatMap(text -> CopiedPaths.of(text, recipe.buildArgs()));
        copied.ifPresent(paths -> paths.stream()
                .map(path -> inContext(recipe.context(), path))
                .filter(path -> declared.isEmpty() || !isContext(recipe.context(), path))
                .forEach(files::addCopied));
        if (declared.isEmpty() && copied.isEmpty()) {
            files.add(recipe.context());
        }
        return files.inputs();
    }

    private static boolean excludes(String pattern) {
        return pattern.startsWith("!");
    }

    /** All of the context says nothing beside what is declared. */
    private static boolean isContext(String context, String path) {
        return Glob.of(path)
                .pattern()
                .pattern()
                .equals(Glob.of(context).pattern().pattern());
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

    /** COPY takes a folder that its glob selects with all that is in it. */
    private void addCopied(String path) {
        add(path);
        var inFolders = Glob.of(path + "/**");
        if (Glob.of(path).hasWildcard() && selected(inFolders).findAny().isPresent()) {
            add(inFolders.text());
        }
    }

    private void add(String pattern) {
        values.computeIfAbsent(pattern, _ -> valueOf(selected(Glob.of(pattern)).toList()));
    }

    private Stream<Map.Entry<String, String>> selected(Glob glob) {
        return tree.startingWith(glob.literal())
                .filter(file -> glob.selects(file.getKey()))
                .filter(file -> excluded.stream().noneMatch(out -> out.selects(file.getKey())));
    }

    /** No exclusion takes out what BuildKit itself reads. */
    private void addFile(String path) {
        values.put(path, tree.objectId(path).map(FileInputs::shown).orElse(NOTHING));
    }

    private static String valueOf(List<Map.Entry<String, String>> files) {
        if (files.isEmpty()) {
            return NOTHING;
        }
        return Hash.shortOf(
                HASH_DIGITS,
                files.stream()
                        .flatMap(file -> Stream.of(file.getKey(), file.getValue()))
                        .toList());
    }

    private static String shown(String objectId) {
        return objectId.substring(0, Math.min(objectId.length(), objectId.indexOf(':') + 1 + HASH_DIGITS));
    }

    private List<Input> inputs() {
        var inputs = new ArrayList<Input>();
        values.forEach((name, value) -> inputs.add(new Input(InputKind.Source, name, value)));
        return inputs;
    }
}
