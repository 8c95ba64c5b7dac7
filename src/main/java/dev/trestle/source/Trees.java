package dev.trestle.source;

import dev.trestle.core.inputs.Folder;
import dev.trestle.core.inputs.FolderBuilder;
import dev.trestle.core.inputs.SourceTree;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/**
 * Reads the folders of a commit, each once, wherever in the commit it stands. A few folders that hold each other can stand for more files
 * than there are atoms, so a folder's value is computed from those in it, and never by a walk of all paths.
 */
final class Trees {
    /** While a folder is read: git's bytes, and texts, ids and places of its entries. */
    private static final int HEAP_PER_BYTE = 3;

    private final FolderCache.Part known;
    private final TreeLimits limits;
    private final ObjectReader reader;
    private final ByteBudget.Share share;
    /** Also those that the cache has no room for: a folder that is read twice may be read any number of times. */
    private final Map<ObjectId, Folder> read = new HashMap<>();

    private long entries;
    private long bytes;

    private Trees(ObjectReader reader, FolderCache.Part known, TreeLimits limits, ByteBudget.Share share) {
        this.share = share;
        this.reader = reader;
        this.known = known;
        this.limits = limits;
    }

    /**
     * @param known folders of this repository's other commits
     * @param memory that reading takes; the caller counts the memory of the tree itself
     * @throws Refused when it is larger than the limits
     * @throws IOException when the repository lacks one of its folders
     */
    static SourceTree of(
            Repository repository, AnyObjectId commit, FolderCache.Part known, TreeLimits limits, ByteBudget memory)
            throws IOException {
        try (var commits = new RevWalk(repository);
                var share = memory.share()) {
            var top = commits.parseCommit(commit).getTree().getId();
            var trees = new Trees(commits.getObjectReader(), known, limits, share);
            return SourceTree.of(trees.folder(top, 0), trees.bytes);
        }
    }

    private Folder folder(ObjectId id, int depth) throws IOException {
        var before = read.get(id);
        if (before != null) {
            return before;
        }
        var cached = known.get(id);
        var folder = cached.isPresent() ? cached.get() : parse(id, depth);
        limits.check(folder.totals());
        bytes += folder.bytes();
        limits.checkBytes(bytes);
        share.growTo(bytes);
        read.put(id, folder);
        known.put(id, folder);
        return folder;
    }

    private Folder parse(ObjectId id, int depth) throws IOException {
        limits.checkDepth(depth);
        var builder = new FolderBuilder();
        var raw = reader.open(id, Constants.OBJ_TREE);
        limits.checkObject(raw.getSize());
        share.growTo(bytes + raw.getSize() * HEAP_PER_BYTE);
        var content = raw.getCachedBytes(limits.objectBytes());
        var first = new CanonicalTreeParser();
        first.reset(content);
        for (var entry = first; !entry.eof(); entry = entry.next()) {
            limits.checkEntries(++entries);
            var name = name(entry);
            if (entry.getEntryFileMode().equals(FileMode.TREE)) {
                builder.folder(name, folder(entry.getEntryObjectId(), depth + 1));
            } else {
                builder.file(
                        name,
                        entry.getEntryFileMode().getBits(),
                        entry.idBuffer(),
                        entry.idOffset(),
                        Constants.OBJECT_ID_LENGTH);
            }
        }
        return builder.build();
    }

    private static String name(CanonicalTreeParser entry) throws Refused {
        var bytes = new byte[entry.getNameLength()];
        entry.getName(bytes, 0);
        var name = FileNames.of(bytes);
        if (name.isEmpty() || name.indexOf('/') >= 0) {
            throw new Refused("one of its folders has an entry whose name is not valid");
        }
        return name;
    }
}
