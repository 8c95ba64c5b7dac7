package dev.trestle.source;

import dev.trestle.core.inputs.Folder;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/**
 * The folders that were read last, of all repositories, within one limit of bytes. Commits of a repository share the equal folders in
 * them; repositories share nothing, since knowledge of a folder's id is no right to read it.
 */
final class FolderCache {
    /** An entry of the map, its key and its id. */
    private static final long ENTRY = 150;

    private final long mostBytes;
    private final LinkedHashMap<Key, Folder> folders = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    private record Key(String repository, ObjectId id) {}

    /** @param mostBytes of the folders; the folders that were not asked for longest go first */
    FolderCache(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    Part of(String repository) {
        return new Part(repository);
    }

    synchronized long bytes() {
        return bytes;
    }

    private synchronized Optional<Folder> get(Key key) {
        return Optional.ofNullable(folders.get(key));
    }

    private synchronized void put(Key key, Folder folder) {
        if (folders.put(key, folder) == null) {
            bytes += ENTRY + folder.bytes();
        }
        for (var oldest = folders.entrySet().iterator(); bytes > mostBytes && oldest.hasNext(); ) {
            bytes -= ENTRY + oldest.next().getValue().bytes();
            oldest.remove();
        }
    }

    private synchronized void forget(String repository) {
        for (var each = folders.entrySet().iterator(); each.hasNext(); ) {
            var entry = each.next();
            if (entry.getKey().repository().equals(repository)) {
                bytes -= ENTRY + entry.getValue().bytes();
                each.remove();
            }
        }
    }

    /** Those of one repository. */
    final class Part {
        private final String repository;

        private Part(String repository) {
            this.repository = repository;
        }

        Optional<Folder> get(ObjectId id) {
            return FolderCache.this.get(new Key(repository, id));
        }

        void put(ObjectId id, Folder folder) {
            FolderCache.this.put(new Key(repository, id.copy()), folder);
        }

        void forget() {
            FolderCache.this.forget(repository);
        }
    }
}
