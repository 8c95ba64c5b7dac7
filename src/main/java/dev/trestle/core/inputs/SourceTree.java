package dev.trestle.core.inputs;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of one commit, by path. An object id is git's; in front of one that is no regular file (an executable, a link, a submodule) stands
 * its mode, as {@code 100755:<id>}, since an image depends on it.
 */
public final class SourceTree {
    private static final int MOST_ATTRIBUTES = 16;
    private static final String LINK = "120000:";
    private static final String SUBMODULE = "160000:";

    private final Folder root;
    private final long bytes;

    private SourceTree(Folder root, long bytes) {
        this.root = root;
        this.bytes = bytes;
    }

    /**
     * @param root its folder at the top, which it shares with other commits
     * @param bytes of all its different folders
     */
    public static SourceTree of(Folder root, long bytes) {
        return new SourceTree(root, bytes);
    }

    /** Its size on the heap, in bytes, if it shares nothing. */
    public long bytes() {
        return bytes;
    }

    /** @param files object ids of equal length, by path */
    public static SourceTree of(Map<String, String> files) {
        return new SourceTree(FolderBuilder.of(List.copyOf(files.entrySet())), 0);
    }

    /** All of them at once, for small trees: each path is a text of its own. */
    public NavigableMap<String, String> files() {
        var files = new TreeMap<String, String>();
        startingWith("").forEach(file -> files.put(file.getKey(), file.getValue()));
        return Collections.unmodifiableNavigableMap(files);
    }

    public Optional<String> objectId(String path) {
        return withFolders(path).stream()
                .filter(file -> file.getKey().length() == path.length())
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** Files {@code .gitattributes} whose texts are worth reading: the nearest to the top, at most {@value #MOST_ATTRIBUTES}. */
    public List<String> attributes() {
        return startingWith("")
                .filter(file -> !isSubmodule(file) && !isLink(file)) // git reads no link either
                .map(Map.Entry::getKey)
                .filter(Attributes::isOne)
                .sorted(Comparator.comparingInt((String path) -> path.split("/", -1).length)
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST_ATTRIBUTES)
                .toList();
    }

    /** Whether the path is a link, or leads through one: its target stands elsewhere. */
    boolean leadsThroughLink(String path) {
        return withFolders(path).stream().anyMatch(SourceTree::isLink);
    }

    /** The submodules that this path leads into. */
    Stream<Map.Entry<String, String>> submodulesOf(String path) {
        return withFolders(path).stream()
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

    /** The file at the path, and those at the paths of the folders that it leads through. */
    private List<Map.Entry<String, String>> withFolders(String path) {
        var found = new ArrayList<Map.Entry<String, String>>();
        var folder = Optional.of(root);
        for (var start = 0; folder.isPresent() && start <= path.length(); ) {
            var slash = path.indexOf('/', start);
            var end = slash < 0 ? path.length() : slash;
            var name = path.substring(start, end);
            var here = folder.get();
            var file = here.file(name);
            if (file >= 0) {
                found.add(Map.entry(path.substring(0, end), here.objectId(file)));
            }
            folder = here.folder(name);
            start = end + 1;
        }
        return found;
    }

    /** Every file whose path begins so, in the order of the paths. */
    Stream<Map.Entry<String, String>> startingWith(String prefix) {
        return FileWalk.of(root, new Prefix(prefix));
    }

    /** Every file that is chosen, in the order of the paths. */
    <S> Stream<Map.Entry<String, String>> chosen(FileWalk.Choice<S> choice) {
        return FileWalk.of(root, choice);
    }
}
