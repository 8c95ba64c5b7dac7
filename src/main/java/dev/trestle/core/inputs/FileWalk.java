package dev.trestle.core.inputs;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Goes through the files of a tree in the order of their paths, and enters a folder only if some file in it may be chosen. */
final class FileWalk<S> implements Iterator<Map.Entry<String, String>> {
    /**
     * Which files are meant.
     *
     * @param <S> state of a folder's path
     */
    interface Choice<S> {
        /** Of the folder at the top. */
        S top();

        /** @return empty when no file in that folder is meant */
        Optional<S> within(S folder, String name);

        boolean takes(S folder, String name, boolean submodule);
    }

    private static final class Place<S> {
        private final Folder folder;
        private final String path;
        private final S known;
        private int next;

        Place(Folder folder, String path, S known) {
            this.folder = folder;
            this.path = path;
            this.known = known;
        }
    }

    private final Choice<S> choice;
    private final Deque<Place<S>> places = new ArrayDeque<>();
    private Map.@Nullable Entry<String, String> found;

    private FileWalk(Folder top, Choice<S> choice) {
        this.choice = choice;
        places.push(new Place<>(top, "", choice.top()));
    }

    /** @return path and object id of each chosen file; read lazily, once */
    static <S> Stream<Map.Entry<String, String>> of(Folder top, Choice<S> choice) {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(
                        new FileWalk<>(top, choice), Spliterator.ORDERED | Spliterator.NONNULL),
                false);
    }

    @Override
    public boolean hasNext() {
        while (found == null && !places.isEmpty()) {
            step(places.element());
        }
        return found != null;
    }

    @Override
    public Map.Entry<String, String> next() {
        if (!hasNext() || found == null) {
            throw new NoSuchElementException();
        }
        var file = found;
        found = null;
        return file;
    }

    private void step(Place<S> place) {
        if (place.next == place.folder.size()) {
            places.pop();
            return;
        }
        var entry = place.next++;
        var name = place.folder.name(entry);
        var folder = place.folder.folder(entry);
        if (folder.isPresent()) {
            choice.within(place.known, name)
                    .ifPresent(known -> places.push(new Place<>(folder.get(), place.path + name + "/", known)));
        } else if (choice.takes(place.known, name, place.folder.isSubmodule(entry))) {
            found = Map.entry(place.path + name, place.folder.objectId(entry));
        }
    }
}
