package dev.trestle.differential;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** Bare repositories in a folder that a git server serves. */
record Repositories(Path folder) {

    /** @return the commit, which a ref of its own keeps */
    String commit(String repository, Tree tree) throws IOException {
        try (var git = open(repository);
                var objects = git.newObjectInserter()) {
            var commit = new CommitBuilder();
            commit.setTreeId(write(tree, objects));
            commit.setAuthor(
                    new PersonIdent("differential", "differential@example.org", Instant.EPOCH, ZoneOffset.UTC));
            commit.setCommitter(commit.getAuthor());
            commit.setMessage("generated");
            var id = objects.insert(commit);
            objects.flush();
            var ref = git.updateRef("refs/heads/" + id.name());
            ref.setNewObjectId(id);
            ref.forceUpdate();
            return id.name();
        }
    }

    private static ObjectId write(Tree tree, ObjectInserter objects) throws IOException {
        var index = DirCache.newInCore();
        var builder = index.builder();
        for (var file : tree.files().entrySet()) {
            var entry = new DirCacheEntry(Tree.bytes(file.getKey()));
            entry.setFileMode(file.getValue().mode());
            entry.setObjectId(
                    file.getValue().mode().equals(FileMode.GITLINK)
                            ? ObjectId.fromString(file.getValue().content())
                            : objects.insert(
                                    Constants.OBJ_BLOB,
                                    file.getValue().content().getBytes(StandardCharsets.UTF_8)));
            builder.add(entry);
        }
        builder.finish();
        return index.writeTree(objects);
    }

    private Repository open(String name) throws IOException {
        var path = path(name);
        var git = new FileRepositoryBuilder().setGitDir(path.toFile()).setBare().build();
        if (!path.resolve("HEAD").toFile().exists()) {
            git.create(true);
            git.getConfig().setBoolean("uploadpack", null, "allowAnySHA1InWant", true);
            git.getConfig().save();
        }
        return git;
    }

    Path path(String name) {
        return folder.resolve(name + ".git");
    }
}
