package dev.trestle.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.file.PackInserter;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;

/** Writes commits of any shape into a repository on disk; of files there is the id and no content. */
final class TreeWriter implements AutoCloseable {
    private static final PersonIdent AUTHOR = new PersonIdent("a", "a@example.org", Instant.EPOCH, ZoneOffset.UTC);

    private final FileRepository repository;
    private final PackInserter inserter;
    private final Random ids = new Random(1);

    TreeWriter(Path folder) throws IOException {
        repository = new FileRepository(folder.toFile());
        repository.create(true);
        inserter = repository.getObjectDatabase().newPackInserter();
        inserter.checkExisting(false);
    }

    Repository repository() {
        return repository;
    }

    ObjectId someId() {
        var bytes = new byte[20];
        ids.nextBytes(bytes);
        return ObjectId.fromRaw(bytes);
    }

    ObjectId write(TreeFormatter tree) throws IOException {
        return inserter.insert(tree);
    }

    /** A folder of so many files, whose names are that long. */
    ObjectId files(int count, int nameLength) throws IOException {
        var tree = new TreeFormatter();
        for (var at = 0; at < count; at++) {
            tree.append(name(at, nameLength), FileMode.REGULAR_FILE, someId());
        }
        return write(tree);
    }

    /** Folders in each other, with that at the bottom. */
    ObjectId under(ObjectId tree, int depth, int nameLength) throws IOException {
        var at = tree;
        for (var level = 0; level < depth; level++) {
            at = folders(1, nameLength, at);
        }
        return at;
    }

    /** A folder of so many folders, which are all the same. */
    ObjectId folders(int count, int nameLength, ObjectId each) throws IOException {
        var tree = new TreeFormatter();
        for (var at = 0; at < count; at++) {
            tree.append(name(at, nameLength), FileMode.TREE, each);
        }
        return write(tree);
    }

    ObjectId commit(ObjectId tree) throws IOException {
        var commit = new CommitBuilder();
        commit.setTreeId(tree);
        commit.setAuthor(AUTHOR);
        commit.setCommitter(AUTHOR);
        commit.setMessage("a commit");
        return inserter.insert(commit);
    }

    void flush() throws IOException {
        inserter.flush();
    }

    static byte[] name(int number, int length) {
        return ("%0" + length + "d").formatted(number).getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        inserter.close();
        repository.close();
    }
}
