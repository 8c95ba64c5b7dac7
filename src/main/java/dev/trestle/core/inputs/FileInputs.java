package dev.trestle.core.inputs;

import dev.trestle.api.Input;
import dev.trestle.api.InputKind;
import dev.trestle.core.Hash;
import dev.trestle.core.dockerfile.DockerfileReads;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The files that an image is made of: those that its spec declares, the Dockerfile, those that the Dockerfile names, and the files by
 * which git writes them to disk. Each is an input by the path or the glob that selects it, with a hash of the selected files.
 */
public final class FileInputs {
    /** The value of a path or a glob that selects nothing. */
    public static final String NOTHING = "none";

    /** The one input that all paths of the Dockerfile make beyond {@value #MOST_COPIED}, and those whose text a status cannot hold. */
    public static final String OTHERS = "other paths of the Dockerfile";

    /** A status holds 128 inputs: 64 that are declared, these, and some twenty others. */
    static final int MOST_COPIED = 40;

    /** The longest name of an input, with {@code /**} behind it. */
    private static final int LONGEST_NAME = 512 - 3;

    /** The target of a link is not looked up: it may be anywhere. */
    private static final String WHOLE_REPOSITORY = ".";

    private static final String GIT_FOLDER = ".git";
    private static final String MODULES = ".gitmodules";
    private static final int MOST_ATTRIBUTES = 4;

    private final FileRecipe recipe;
    private final Selections selections;
    private final List<String> declared;
    private final List<String> excluded;
    private final SequencedMap<String, String> values = new LinkedHashMap<>();
    private final SequencedSet<String> selecting = new LinkedHashSet<>();
    private final List<String> others = new ArrayList<>();
    private List<SourceWarning> warnings = List.of();
    private int copied;

    private FileInputs(FileRecipe recipe, Selections selections) {
        this.recipe = recipe;
        this.selections = selections;
        this.declared =
                recipe.inputs().stream().filter(pattern -> !excludes(pattern)).toList();
        this.excluded = recipe.inputs().stream()
                .filter(FileInputs::excludes)
                .map(pattern -> pattern.substring(1))
                .toList();
    }

    /**
     * @param selections of the commit; keep them for the next recipe of the same commit
     * @param reads of the recipe's Dockerfile in this tree; empty when it has none that can be read
     * @return in the order: declared, Dockerfile, files that the Dockerfile names, files that decide how git writes them
     */
    public static RecipeFiles of(FileRecipe recipe, Selections selections, Optional<DockerfileReads> reads) {
        var files = new FileInputs(recipe, selections);
        files.declared.forEach(files::add);
        var found = DockerfilePath.of(recipe.dockerfile(), selections.tree());
        files.addDockerfile(found);
        if (found.leadsThroughLink()) {
            files.addWholeRepository();
        } else {
            files.addCopied(found, reads);
        }
        if (recipe.takesCommitTime() || reads.filter(FileInputs::takeCommitTime).isPresent()) {
            files.values.put(GIT_FOLDER, selections.commit());
        }
        files.addSubmodules();
        files.addAttributes();
        return files.result();
    }

    private static boolean takeCommitTime(DockerfileReads reads) {
        return switch (reads) {
            case DockerfileReads.Paths paths -> paths.commitTime();
            case DockerfileReads.Unknown _ -> false;
        };
    }

    private static boolean excludes(String pattern) {
        return pattern.startsWith("!");
    }

    /** No exclusion takes out files that BuildKit itself reads. */
    private void addDockerfile(DockerfilePath dockerfile) {
        dockerfile.files().forEach((path, id) -> values.put(path, id.orElse(NOTHING)));
    }

    /** All of the context adds nothing to declared files; where the Dockerfile cannot be told, it may be anything of it. */
    private void addCopied(DockerfilePath dockerfile, Optional<DockerfileReads> reads) {
        var paths = reads.flatMap(CopiedPaths::of);
        if (paths.isEmpty()) {
            if (declared.isEmpty() || dockerfile.exists()) {
                add(recipe.context());
                addCommit(WHOLE_REPOSITORY);
            }
            return;
        }
        var named = paths.get().stream()
                .map(path -> inContext(recipe.context(), path))
                .toList();
        var inContext = named.stream()
                .filter(path -> declared.isEmpty() || !path.equals(recipe.context()))
                .toList();
        warnings = new SourceWarnings(recipe, selections)
                .of(named, Stream.concat(declared.stream(), inContext.stream()).toList());
        inContext.forEach(this::addCopied);
        if (!others.isEmpty()) {
            values.put(OTHERS, valueOfOthers());
        }
        if (inContext.stream().anyMatch(selections::followsLink)) {
            addWholeRepository();
        }
        inContext.forEach(this::addCommit);
    }

    private void addWholeRepository() {
        add(WHOLE_REPOSITORY);
        addCommit(WHOLE_REPOSITORY);
    }

    private static String inContext(String context, String path) {
        if (context.equals(".")) {
            return path;
        }
        return path.equals(".") ? context : context + "/" + path;
    }

    /** COPY takes a folder that its glob selects with all that is in it. A folder that is declared with all that is in it is there. */
    private void addCopied(String path) {
        var inFolders = path + "/**";
        if (values.containsKey(inFolders) && selections.tree().objectId(path).isEmpty()) {
            return;
        }
        addPath(path);
        if (Glob.hasWildcard(path)
                && !path.endsWith("**")
                && selections.selected(inFolders, excluded).findAny().isPresent()) {
            addPath(inFolders);
        }
    }

    private void addPath(String path) {
        if (values.containsKey(path)) {
            return;
        }
        if (copied < MOST_COPIED && path.length() <= LONGEST_NAME && PathText.isPlain(path)) {
            copied++;
            add(path);
        } else {
            selecting.add(path);
            others.add(path);
        }
    }

    private String valueOfOthers() {
        return Hash.shortOf(
                InputsVersion.DIGITS,
                others.stream()
                        .flatMap(path -> Stream.of(PathText.hashed(path), selections.valueOf(path, excluded)))
                        .toList());
    }

    private void add(String pattern) {
        selecting.add(pattern);
        values.computeIfAbsent(pattern, _ -> selections.valueOf(pattern, excluded));
    }

    /**
     * With this argument BuildKit leaves {@code .git} in the context, and that differs with each commit.
     *
     * @see <a href="https://docs.docker.com/reference/dockerfile/#buildkit-built-in-build-args">Dockerfile reference, built-in build ARGs</a>
     */
    private void addCommit(String copied) {
        if (recipe.keepsGitFolder()
                && recipe.context().equals(".")
                && selections.glob(copied).maySelect(GIT_FOLDER)) {
            values.put(GIT_FOLDER, selections.commit());
        }
    }

    /** Where a submodule comes from, and whether it is cloned at all, stands in {@code .gitmodules}. */
    private void addSubmodules() {
        var tree = selections.tree();
        if (tree.objectId(MODULES).isPresent()
                && (selecting.stream().anyMatch(pattern -> selections.selectsSubmodule(pattern, excluded))
                        || tree.submodulesOf(recipe.dockerfile()).findAny().isPresent())) {
            add(MODULES);
        }
    }

    /**
     * A checkout writes a file as the {@code .gitattributes} of its folder and of those above say: line ends, encodings, {@code $Id$}.
     *
     * @see <a href="https://git-scm.com/docs/gitattributes">gitattributes</a>
     */
    private void addAttributes() {
        var found = new TreeSet<>(selections.attributesOf(recipe.dockerfile()));
        selecting.forEach(pattern -> found.addAll(selections.attributesFor(pattern, excluded)));
        found.removeIf(path -> values.containsKey(path)
                || excluded.stream().anyMatch(out -> selections.glob(out).selects(path)));
        if (found.size() <= MOST_ATTRIBUTES && found.stream().allMatch(FileInputs::isShown)) {
            found.forEach(this::add);
        } else {
            values.put(Attributes.ANY, selections.hashOf(found));
        }
    }

    private static boolean isShown(String path) {
        return path.length() <= LONGEST_NAME && PathText.isPlain(path);
    }

    private RecipeFiles result() {
        var inputs = new ArrayList<Input>();
        values.forEach((name, value) -> inputs.add(new Input(InputKind.Source, name, value)));
        return new RecipeFiles(inputs, others, warnings);
    }
}
