package dev.trestle.fuzz;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;

/** Git repositories whose content is made to hurt its readers, and servers that answer as none should. */
final class HostileGit {
    private static final PersonIdent NOBODY = new PersonIdent("a", "a@example.org");
    private static final String BRANCH = "refs/heads/main";

    private final Path folder;
    private final Map<String, Repository> repositories = new ConcurrentHashMap<>();

    HostileGit(Path folder) {
        this.folder = folder;
    }

    /** A commit with one Dockerfile on main of this repository, which is made if it is not there. */
    synchronized void publish(String name, String dockerfile) throws IOException {
        var repository = repository(name);
        try (var inserter = repository.newObjectInserter()) {
            var tree = new TreeFormatter();
            tree.append("Dockerfile", FileMode.REGULAR_FILE, blob(inserter, dockerfile));
            tree.append("requirements-cublas12-after.txt", FileMode.REGULAR_FILE, blob(inserter, name));
            point(repository, inserter, inserter.insert(tree), "hostile");
        }
    }

    /** Folders of folders without a file: a few objects that are a number of paths without end. */
    synchronized void publishFolders(String name, int levels, int width) throws IOException {
        var repository = repository(name);
        try (var inserter = repository.newObjectInserter()) {
            var below = inserter.insert(new TreeFormatter());
            for (var level = 0; level < levels; level++) {
                var tree = new TreeFormatter();
                for (var i = 0; i < width; i++) {
                    tree.append("folder%02d".formatted(i), FileMode.TREE, below);
                }
                below = inserter.insert(tree);
            }
            point(repository, inserter, below, "folders");
        }
    }

    /** Many long paths, and a long message. */
    synchronized void publishFiles(String name, int files, int pathLength, int messageLength) throws IOException {
        var repository = repository(name);
        try (var inserter = repository.newObjectInserter()) {
            var file = blob(inserter, "x");
            var tree = new TreeFormatter();
            for (var i = 0; i < files; i++) {
                tree.append("file%06d".formatted(i), FileMode.REGULAR_FILE, file);
            }
            var below = inserter.insert(tree);
            for (var length = 0; length < pathLength; length += 250) {
                var parent = new TreeFormatter();
                parent.append("d".repeat(249), FileMode.TREE, below);
                below = inserter.insert(parent);
            }
            point(repository, inserter, below, "m".repeat(messageLength));
        }
    }

    synchronized void publishRefs(String name, int refs) throws IOException {
        publish(name, "FROM scratch\n");
        var repository = repository(name);
        var batch = repository.getRefDatabase().newBatchUpdate();
        var commit = repository.resolve(BRANCH);
        for (var i = 0; i < refs; i++) {
            batch.addCommand(new ReceiveCommand(ObjectId.zeroId(), commit, "refs/heads/" + "r".repeat(150) + i));
        }
        try (var walk = new RevWalk(repository)) {
            batch.execute(walk, NullProgressMonitor.INSTANCE);
        }
    }

    private Repository repository(String name) throws IOException {
        var known = repositories.get(name);
        if (known != null) {
            return known;
        }
        var made = new FileRepository(folder.resolve(name + ".git").toFile());
        made.create(true);
        repositories.put(name, made);
        return made;
    }

    private static ObjectId blob(ObjectInserter inserter, String text) throws IOException {
        return inserter.insert(Constants.OBJ_BLOB, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void point(Repository repository, ObjectInserter inserter, ObjectId tree, String message)
            throws IOException {
        var commit = new CommitBuilder();
        commit.setTreeId(tree);
        commit.setAuthor(NOBODY);
        commit.setCommitter(NOBODY);
        commit.setMessage(message);
        var id = inserter.insert(commit);
        inserter.flush();
        var update = repository.updateRef(BRANCH);
        update.setNewObjectId(id);
        update.forceUpdate();
    }

    /** {@code /git/NAME.git/…}, by smart HTTP. */
    void serve(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var name = path.substring("/git/".length(), path.indexOf(".git"));
        var repository = repositories.get(name);
        if (repository == null) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        var pack = new UploadPack(repository);
        pack.setBiDirectionalPipe(false);
        pack.setExtraParameters(exchange.getRequestHeaders().getOrDefault("Git-Protocol", List.of()));
        if (path.endsWith("/info/refs")) {
            exchange.getResponseHeaders().set("Content-Type", "application/x-git-upload-pack-advertisement");
            exchange.sendResponseHeaders(200, 0);
            pack.sendAdvertisedRefs(
                    new PacketLineOutRefAdvertiser(new PacketLineOut(exchange.getResponseBody())), "git-upload-pack");
        } else {
            exchange.getResponseHeaders().set("Content-Type", "application/x-git-upload-pack-result");
            exchange.sendResponseHeaders(200, 0);
            pack.upload(bodyOf(exchange), exchange.getResponseBody(), OutputStream.nullOutputStream());
        }
    }

    private static InputStream bodyOf(HttpExchange exchange) throws IOException {
        var packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        return packed ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody();
    }
}
