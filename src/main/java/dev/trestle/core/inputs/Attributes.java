package dev.trestle.core.inputs;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The files {@code .gitattributes} of a tree. */
final class Attributes {
    static final String NAME = ".gitattributes";
    /** The input that they make when there are many. */
    static final String ANY = "**/" + NAME;

    /** So many are looked at one by one; beyond, all of a tree count. */
    private static final int MOST = 64;

    private final List<String> paths;

    private Attributes(List<String> paths) {
        this.paths = paths;
    }

    static Attributes of(SourceTree tree) {
        return new Attributes(tree.startingWith("")
                .map(java.util.Map.Entry::getKey)
                .filter(Attributes::isOne)
                .toList());
    }

    static boolean isOne(String path) {
        return path.equals(NAME) || path.endsWith("/" + NAME);
    }

    /** Collects those in the folders of files, and above. */
    Collector collector() {
        return new Collector();
    }

    final class Collector {
        private final Set<String> missing = new TreeSet<>(paths);

        void add(String file) {
            if (paths.size() > MOST) {
                missing.clear();
            } else if (!missing.isEmpty()) {
                missing.removeIf(path -> file.startsWith(path.substring(0, path.length() - NAME.length())));
            }
        }

        Set<String> found() {
            var found = new TreeSet<>(paths);
            found.removeAll(missing);
            return found;
        }
    }
}
