package dev.trestle.source;

import dev.trestle.core.inputs.SourceTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.eclipse.jgit.api.FetchCommand;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.FilterSpec;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.util.FileUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the operator keeps of one repository: the folders of the last commits, and the few files that it had to read. Neither history
 * nor other contents are fetched, where the server can leave them out.
 */
final class Mirror {
    private static final Logger LOG = LoggerFactory.getLogger(Mirror.class);
    /** Trees that a later fetch builds on are known to the server by this ref. */
    private static final String LAST = "refs/trestle/last";
    /** Each fetch leaves a pack; before they are too many, everything is fetched anew. */
    private static final int MOST_PACKS = 50;

    private static final int LONGEST_TEXT = 256 * 1024;
    private static final int LONGEST_HISTORY = 500;

    private final Path trees;
    /** Folders of a server that cannot leave contents out, with all that is in them. */
    private final Path whole;

    private final Path texts;
    /** Without folders. */
    private final Path commits;

    private final String url;
    private final Sessions sessions;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean filters = true;
    private volatile long bytes;

    /** A session for each fetch of folders, and one for each of a file. */
    record Sessions(Supplier<Session> forTrees, Supplier<Session> forTexts) {}

    Mirror(Path folder, String url, Sessions sessions) {
        this.trees = folder.resolve("trees");
        this.whole = folder.resolve("whole");
        this.texts = folder.resolve("texts");
        this.commits = folder.resolve("commits");
        this.url = url;
        this.sessions = sessions;
    }

    /** How much it takes on disk. */
    long bytes() {
        return bytes;
    }

    SourceTree treeOf(String commit) throws GitAPIException, IOException {
        lock.lock();
        try {
            return filters ? filtered(commit) : treeOf(commit, whole, FilterSpec.NO_FILTER);
        } finally {
            lock.unlock();
        }
    }

    private SourceTree filtered(String commit) throws GitAPIException, IOException {
        try {
            return treeOf(commit, trees, FilterSpec.fromFilterLine("blob:none"));
        } catch (org.eclipse.jgit.api.errors.TransportException e) {
            if (!saysThatItCannotFilter(e)) {
                throw e;
            }
            filters = false;
            return treeOf(commit, whole, FilterSpec.NO_FILTER);
        }
    }

    private SourceTree treeOf(String commit, Path folder, FilterSpec filter) throws GitAPIException, IOException {
        try (var repository = open(folder)) {
            var id = ObjectId.fromString(commit);
            if (!repository.getObjectDatabase().has(id)) {
                fetch(repository, commit, sessions.forTrees().get(), filter)
                        .setDepth(1)
                        .call();
                tellFromNowOn(repository, id);
                measure();
            }
            return Trees.of(repository, id);
        } catch (GitAPIException | IOException | RuntimeException e) {
            if (Faults.isOfObjects(e)) { // what is here is not what the server thinks: the next time begins anew
                delete(folder);
            }
            throw e;
        }
    }

    /** @return first parents, the newest first; the commit alone when the server cannot leave the files out */
    List<String> historyOf(String commit) throws GitAPIException, IOException {
        lock.lock();
        try (var repository = open(commits)) {
            var id = ObjectId.fromString(commit);
            fetch(repository, commit, sessions.forTrees().get(), FilterSpec.fromFilterLine("tree:0"))
                    .setDepth(LONGEST_HISTORY)
                    .call();
            tellFromNowOn(repository, id);
            measure();
            return FirstParents.of(repository, id, LONGEST_HISTORY);
        } catch (org.eclipse.jgit.api.errors.TransportException e) {
            if (!saysThatItCannotFilter(e)) {
                throw e;
            }
            return List.of(commit);
        } finally {
            lock.unlock();
        }
    }

    /** @return empty when it is too long */
    Optional<String> textOf(String objectId) throws GitAPIException, IOException {
        lock.lock();
        try (var repository = open(texts)) {
            var id = ObjectId.fromString(objectId.substring(objectId.indexOf(':') + 1));
            if (!repository.getObjectDatabase().has(id)) {
                fetch(repository, id.name(), sessions.forTexts().get(), FilterSpec.NO_FILTER)
                        .call();
                measure();
            }
            var object = repository.open(id);
            return object.getSize() > LONGEST_TEXT
                    ? Optional.empty()
                    : Optional.of(new String(object.getBytes(LONGEST_TEXT), StandardCharsets.UTF_8));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Deletes what is kept, which is for speed only.
     *
     * @return how much that was; nothing while somebody reads it
     */
    long deleteIfIdle() {
        if (!lock.tryLock()) {
            return 0;
        }
        var had = bytes;
        try {
            delete(trees);
            delete(whole);
            delete(texts);
            delete(commits);
            bytes = 0;
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("url", url).setCause(e).log("Mirror cannot be deleted");
        } finally {
            lock.unlock();
        }
        return had - bytes;
    }

    private void measure() throws IOException {
        bytes = Packs.in(trees).bytes()
                + Packs.in(whole).bytes()
                + Packs.in(texts).bytes()
                + Packs.in(commits).bytes();
    }

    /** JGit makes no ref of a commit that is fetched by its id, and tells the server only of what refs have. */
    private static void tellFromNowOn(Repository repository, ObjectId commit) throws IOException {
        var last = repository.updateRef(LAST);
        last.setNewObjectId(commit);
        last.forceUpdate();
    }

    private static boolean saysThatItCannotFilter(Exception e) {
        return e.getCause() instanceof TransportException
                && String.valueOf(e.getCause().getMessage()).contains("filter");
    }

    /** Thin: of a shallow repository git's servers otherwise send all that a commit has, also what is here. */
    private FetchCommand fetch(Repository repository, String object, Session session, FilterSpec filter) {
        return new Git(repository)
                .fetch()
                .setRemote(url)
                .setRefSpecs(new RefSpec(object))
                .setTagOpt(TagOpt.NO_TAGS)
                .setThin(true)
                .setProgressMonitor(session.allowance())
                .setTransportConfigCallback(transport -> {
                    session.guard(transport);
                    transport.setFilterSpec(filter);
                });
    }

    /** Texts have a repository without any ref, so that the server never thinks that a file is here because its folder is. */
    private static Repository open(Path folder) throws IOException {
        if (Packs.in(folder).count() > MOST_PACKS) {
            delete(folder);
        }
        var repository =
                new FileRepositoryBuilder().setGitDir(folder.toFile()).setBare().build();
        if (!Files.exists(folder.resolve("HEAD"))) {
            repository.create(true);
            withoutCollector(repository.getConfig());
        }
        return repository;
    }

    private static void delete(Path folder) throws IOException {
        FileUtils.delete(folder.toFile(), FileUtils.RECURSIVE | FileUtils.SKIP_MISSING);
    }

    /** JGit collects after a fetch, and would miss the contents that were left out. */
    private static void withoutCollector(StoredConfig config) throws IOException {
        config.setInt("gc", null, "auto", 0);
        config.setInt("gc", null, "autoPackLimit", 0);
        config.setBoolean("gc", null, "autoDetach", false);
        config.save();
    }
}
