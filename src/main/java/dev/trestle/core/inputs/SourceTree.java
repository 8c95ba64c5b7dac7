package dev.trestle.core.inputs;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The files of one commit, by path.
 *
 * @param files git's object id by path; of what is no plain file (an executable, a link, a submodule) the mode stands before it, as
 *     {@code 100755:<id>}, since it is part of what an image is made of
 */
public record SourceTree(NavigableMap<String, String> files) {
    private static final int MOST_ATTRIBUTES = 16;
    private static final String LINK = "120000:";
    private static final String SUBMODULE = "160000:";

    public SourceTree {
        files = Collections.unmodifiableNavigableMap(files);
    }

    public static SourceTree of(Map<String, String> files) {
        return new SourceTree(new TreeMap<>(files));
    }

    public Optional<String> objectId(String path) {
        return Optional.ofNullable(files.get(path));
    }

    /** Files {@code .gitattributes} whose texts are worth reading: the nearest to the top, at most {@value #MOST_ATTRIBUTES}. */
    public List<String> attributes() {
        return files.entrySet().stream()
                .filter(file -> !isSubmodule(file) && !isLink(file)) // git reads no link either
                .map(Map.Entry::getKey)
                .filter(Attributes::isOne)
                .sorted(Comparator.comparingInt((String path) -> path.split("/", -1).length)
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST_ATTRIBUTES)
                .toList();
    }

    /** Whether the path is a link, or leads through one: what is behind it stands elsewhere. */
    boolean leadsThroughLink(String path) {
        return withFolders(path).anyMatch(SourceTree::isLink);
    }

    /** The submodules that this path leads into. */
    Stream<Map.Entry<String, String>> submodulesOf(String path) {
        return withFolders(path)
                .filter(SourceTree::isSubmodule)
                .filter(submodule -> submodule.getKey().length() < path.length());
    }

    static boolean isSubmodule(Map.Entry<String, String> file) {
        return isSubmodule(file.getValue());
    }

    /** @param objectId as the tree has it */
    public static boolean isSubmodule(String objectId) {
        return objectId.startsWith(SUBMODULE);
    }

    static boolean isLink(Map.Entry<String, String> file) {
        return file.getValue().startsWith(LINK);
    }

    private Stream<Map.Entry<String, String>> withFolders(String path) {
        return IntStream.rangeClosed(1, path.length())
                .filter(end -> end == path.length() || path.charAt(end) == '/')
                .mapToObj(end -> path.substring(0, end))
                .flatMap(part -> Stream.ofNullable(files.get(part)).map(id -> Map.entry(part, id)));
    }

    /** Every file whose path begins so, in the order of the paths. */
    Stream<Map.Entry<String, String>> startingWith(String prefix) {
        return files.tailMap(prefix, true).entrySet().stream()
                .takeWhile(file -> file.getKey().startsWith(prefix));
    }
}
