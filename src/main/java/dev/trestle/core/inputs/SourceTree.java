package dev.trestle.core.inputs;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of one commit, by path.
 *
 * @param files git's object id by path; of what is no plain file (an executable, a link, a submodule) the mode stands before it, as
 *     {@code 100755:<id>}, since it is part of what an image is made of
 */
public record SourceTree(NavigableMap<String, String> files) {
    public SourceTree {
        files = Collections.unmodifiableNavigableMap(files);
    }

    public static SourceTree of(Map<String, String> files) {
        return new SourceTree(new TreeMap<>(files));
    }

    public Optional<String> objectId(String path) {
        return Optional.ofNullable(files.get(path));
    }

    /** Every file whose path begins so, in the order of the paths. */
    Stream<Map.Entry<String, String>> startingWith(String prefix) {
        return files.tailMap(prefix, true).entrySet().stream()
                .takeWhile(file -> file.getKey().startsWith(prefix));
    }
}
