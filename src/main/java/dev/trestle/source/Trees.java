package dev.trestle.source;

import dev.trestle.core.inputs.SourceTree;
import java.io.IOException;
import java.util.TreeMap;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Reads the folders of a commit. */
final class Trees {
    /** A few folders that hold each other can stand for more files than there are atoms. */
    private static final int MOST_FILES = 300_000;

    private Trees() {}

    /** @throws IOException when the repository lacks one of them */
    static SourceTree of(Repository repository, AnyObjectId commit) throws IOException {
        var files = new TreeMap<String, String>();
        try (var commits = new RevWalk(repository);
                var walk = new TreeWalk(repository)) {
            walk.addTree(commits.parseCommit(commit).getTree());
            walk.setRecursive(true);
            while (walk.next()) {
                if (files.size() >= MOST_FILES) {
                    throw new Refused("it has more than %d files".formatted(MOST_FILES));
                }
                files.put(FileNames.of(walk.getRawPath()), idOf(walk));
            }
        }
        return new SourceTree(files);
    }

    private static String idOf(TreeWalk walk) {
        var id = walk.getObjectId(0).name();
        return walk.getFileMode(0).equals(FileMode.REGULAR_FILE) ? id : walk.getFileMode(0) + ":" + id;
    }
}
