package dev.trestle.core.inputs;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files of one commit that paths and globs select. Keeps its answers, since many builds ask the same; of one thread only. */
public final class Selections {
    /** Each of them is compared with up to 200 patterns, for a warning. */
    private static final int MOST_SEARCHED = 20_000;

    private record Question(String pattern, List<String> excluded) {}

    /**
     * @param attributes the files {@code .gitattributes} in the folders of the selected files, and above
     * @param submodule whether one is selected, or something in it
     */
    private record Answer(String value, Set<String> attributes, boolean submodule) {}

    private final String commit;
    private final SourceTree tree;
    private @Nullable Attributes attributes;
    private final LargeFiles largeFiles;
    private final Map<String, Optional<String>> large = new HashMap<>();
    private final Map<String, Glob> globs = new HashMap<>();
    private final Map<Question, Answer> answers = new HashMap<>();

    /**
     * @param commit whose tree it is, its full id
     * @param attributes the texts of {@link SourceTree#attributes}, by path, as far as they can be read
     */
    public Selections(String commit, SourceTree tree, Map<String, String> attributes) {
        this.commit = commit;
        this.tree = tree;
        this.largeFiles = LargeFiles.of(attributes);
    }

    /** Without the files {@code .gitattributes}. */
    public Selections(String commit, SourceTree tree) {
        this(commit, tree, Map.of());
    }

    String commit() {
        return commit;
    }

    SourceTree tree() {
        return tree;
    }

    /** A hash of the paths and the contents that the pattern selects; {@link FileInputs#NOTHING} when it selects none. */
    String valueOf(String pattern, List<String> excluded) {
        return answer(pattern, excluded).value();
    }

    /** The files {@code .gitattributes} that decide how git writes the files of the pattern. */
    Set<String> attributesFor(String pattern, List<String> excluded) {
        return answer(pattern, excluded).attributes();
    }

    /** Those of one file, whether it is there or not. */
    Set<String> attributesOf(String file) {
        var collector = attributes().collector();
        collector.add(file);
        return collector.found();
    }

    boolean selectsSubmodule(String pattern, List<String> excluded) {
        return answer(pattern, excluded).submodule();
    }

    /** A file that the pattern selects and that is kept in Git LFS, if there is one. */
    Optional<String> largeFile(String pattern) {
        return largeFiles.isEmpty()
                ? Optional.empty()
                : large.computeIfAbsent(
                        pattern,
                        _ -> selected(pattern, List.of())
                                .limit(MOST_SEARCHED)
                                .map(Map.Entry::getKey)
                                .filter(largeFiles::has)
                                .findFirst());
    }

    /** A hash of these files, each of which is there. */
    String hashOf(Collection<String> paths) {
        var hash = new FilesHash();
        paths.forEach(path -> tree.objectId(path).ifPresent(id -> hash.add(Map.entry(path, id))));
        return hash.value();
    }

    /** Whether COPY of it would follow a link: one that it names, one on the way, or one that its glob selects. */
    boolean followsLink(String pattern) {
        var glob = glob(pattern);
        if (tree.leadsThroughLink(glob.literal())) {
            return true;
        }
        var crosses = pattern.contains("**"); // a variable's value may lead through a link
        return Glob.hasWildcard(pattern)
                && tree.startingWith(glob.literal())
                        .filter(SourceTree::isLink)
                        .map(Map.Entry::getKey)
                        .anyMatch(link -> glob.selects(link) || (crosses && glob.maySelectWithin(link)));
    }

    Stream<Map.Entry<String, String>> selected(String pattern, List<String> excluded) {
        var glob = glob(pattern);
        return tree.chosen(
                new GlobChoice(glob, excluded.stream().map(this::glob).toList()));
    }

    Glob glob(String pattern) {
        return globs.computeIfAbsent(pattern, Glob::of);
    }

    private Answer answer(String pattern, List<String> excluded) {
        return answers.computeIfAbsent(new Question(pattern, excluded), _ -> answer(selected(pattern, excluded)));
    }

    /** A large repository has hundreds of thousands of files: they are looked at one by one, and not kept. */
    private Answer answer(Stream<Map.Entry<String, String>> files) {
        var collector = attributes().collector();
        var hash = new FilesHash();
        files.forEach(file -> {
            collector.add(file.getKey());
            hash.add(file);
        });
        return new Answer(hash.value(), collector.found(), hash.hasSubmodule());
    }

    private Attributes attributes() {
        var known = Optional.ofNullable(attributes).orElseGet(() -> Attributes.of(tree));
        attributes = known;
        return known;
    }
}
