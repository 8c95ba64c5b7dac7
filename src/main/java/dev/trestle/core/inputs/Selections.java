package dev.trestle.core.inputs;

import dev.trestle.core.Hash;
import dev.trestle.core.dockerfile.Dockerfile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What paths and globs select of one tree. Keeps its answers, since many builds ask the same; of one thread only. */
public final class Selections {
    private record Question(String pattern, List<String> excluded) {}

    private final SourceTree tree;
    private final Map<String, Glob> globs = new HashMap<>();
    private final Map<Question, String> values = new HashMap<>();
    private final Map<String, Dockerfile> dockerfiles = new HashMap<>();

    public Selections(SourceTree tree) {
        this.tree = tree;
    }

    SourceTree tree() {
        return tree;
    }

    Dockerfile dockerfile(String text) {
        return dockerfiles.computeIfAbsent(text, Dockerfile::of);
    }

    /** A hash of the paths and the contents that the pattern selects; {@link FileInputs#NOTHING} when it selects none. */
    String valueOf(String pattern, List<String> excluded) {
        return values.computeIfAbsent(
                new Question(pattern, excluded),
                _ -> hash(selected(pattern, excluded).toList()));
    }

    Stream<Map.Entry<String, String>> selected(String pattern, List<String> excluded) {
        var glob = glob(pattern);
        var outs = excluded.stream().map(this::glob).toList();
        return Stream.concat(tree.submodulesOf(glob.literal()), tree.startingWith(glob.literal()))
                .filter(file -> glob.selects(file.getKey())
                        || (SourceTree.isSubmodule(file) && glob.maySelectWithin(file.getKey())))
                .filter(file -> outs.stream().noneMatch(out -> out.selects(file.getKey())));
    }

    Glob glob(String pattern) {
        return globs.computeIfAbsent(pattern, Glob::of);
    }

    private static String hash(List<Map.Entry<String, String>> files) {
        if (files.isEmpty()) {
            return FileInputs.NOTHING;
        }
        return Hash.shortOf(
                InputsVersion.DIGITS,
                files.stream()
                        .flatMap(file -> Stream.of(file.getKey(), file.getValue()))
                        .toList());
    }
}
