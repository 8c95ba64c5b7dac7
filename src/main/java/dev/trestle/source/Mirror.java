package dev.trestle.source;

import dev.trestle.core.inputs.SourceTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.eclipse.jgit.api.FetchCommand;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FilterSpec;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator's copy of one repository: the folders of the last commits, and the few files that it had to read. Neither history
 * nor other contents are fetched, where the server can leave them out.
 */
final class Mirror {
    private static final Logger LOG = LoggerFactory.getLogger(Mirror.class);
    /** Trees that a later fetch builds on are known to the server by this ref. */
    private static final String LAST = "refs/trestle/last";

    private static final Duration PATIENCE = Duration.ofSeconds(10);
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
    private final FolderCache.Part folders;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean filters = true;
    private volatile boolean forgotten;
    private volatile long bytes;

    /** A session for each fetch of folders, one for each of a file, and the memory that reading them takes. */
    record Sessions(Supplier<Session> forTrees, Supplier<Session> forTexts, ByteBudget memory) {}

    Mirror(Path folder, String url, Sessions sessions, FolderCache.Part folders) {
        this.folders = folders;
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
        hold();
        try {
            return filters ? filtered(commit) : treeOf(commit, whole, FilterSpec.NO_FILTER);
        } finally {
            release();
        }
    }

    private SourceTree filtered(String commit) throws GitAPIException, IOException {
        try {
            return treeOf(commit, trees, FilterSpec.fromFilterLine("blob:none"));
        } catch (org.eclipse.jgit.api.errors.TransportException e) {
            if (!Faults.isOfFilters(e)) {
                throw e;
            }
            filters = false;
            return treeOf(commit, whole, FilterSpec.NO_FILTER);
        }
    }

    private SourceTree treeOf(String commit, Path folder, FilterSpec filter) throws GitAPIException, IOException {
        try (var repository = GuardedRepository.open(folder)) {
            var id = ObjectId.fromString(commit);
            if (!repository.getObjectDatabase().has(id)) {
                fetch(repository, commit, sessions.forTrees().get(), filter, command -> command.setDepth(1));
                tellFromNowOn(repository, id);
                measure();
            }
            return Trees.of(repository, id, folders, TreeLimits.USUAL, sessions.memory());
        } catch (GitAPIException | IOException | RuntimeException e) {
            // The copy differs from the server's idea of it, or the server gives differences to it that come to too
            // much.
            if (Faults.isOfObjects(e) || Faults.isRefused(e)) {
                GuardedRepository.delete(folder);
            }
            throw e;
        }
    }

    /** @return first parents, the newest first; the commit alone when the server cannot leave the files out */
    List<String> historyOf(String commit) throws GitAPIException, IOException {
        hold();
        try (var repository = GuardedRepository.open(commits)) {
            var id = ObjectId.fromString(commit);
            fetch(
                    repository,
                    commit,
                    sessions.forTrees().get(),
                    FilterSpec.fromFilterLine("tree:0"),
                    command -> command.setDepth(LONGEST_HISTORY));
            tellFromNowOn(repository, id);
            measure();
            return FirstParents.of(repository, id, LONGEST_HISTORY);
        } catch (org.eclipse.jgit.api.errors.TransportException e) {
            if (!Faults.isOfFilters(e)) {
                throw e;
            }
            return List.of(commit);
        } finally {
            release();
        }
    }

    /** @return empty when it is too long */
    Optional<String> textOf(String objectId) throws GitAPIException, IOException {
        hold();
        try (var repository = GuardedRepository.open(texts)) {
            var id = ObjectId.fromString(objectId.substring(objectId.indexOf(':') + 1));
            if (!repository.getObjectDatabase().has(id)) {
                fetch(repository, id.name(), sessions.forTexts().get(), FilterSpec.NO_FILTER, command -> command);
                measure();
            }
            var object = repository.open(id);
            return object.getSize() > LONGEST_TEXT
                    ? Optional.empty()
                    : Optional.of(new String(object.getBytes(LONGEST_TEXT), StandardCharsets.UTF_8));
        } finally {
            release();
        }
    }

    /** One look at a time; the one before this may have been given up, and not have noticed yet. */
    private void hold() throws Refused {
        try {
            if (!lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Refused("another look at it has not ended");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused("it was interrupted");
        }
    }

    private void release() {
        lock.unlock();
        if (forgotten) {
            var _ = deleteIfIdle();
        }
    }

    /** Deletes the copy, at once or at the end of the look that reads it. */
    void forget() {
        forgotten = true;
        var _ = deleteIfIdle();
    }

    /**
     * Deletes the copy, which is for speed only.
     *
     * @return how much that was; nothing while a look reads it
     */
    long deleteIfIdle() {
        if (!lock.tryLock()) {
            return 0;
        }
        var had = bytes;
        try {
            GuardedRepository.delete(trees);
            GuardedRepository.delete(whole);
            GuardedRepository.delete(texts);
            GuardedRepository.delete(commits);
            folders.forget();
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

    /** JGit makes no ref of a commit that is fetched by its id, and tells the server only of commits with refs. */
    private static void tellFromNowOn(Repository repository, ObjectId commit) throws IOException {
        var last = repository.updateRef(LAST);
        last.setNewObjectId(commit);
        last.forceUpdate();
    }

    /** Thin: of a shallow repository git's servers otherwise send all that a commit has, also objects of the copy. */
    private void fetch(
            GuardedRepository repository,
            String object,
            Session session,
            FilterSpec filter,
            UnaryOperator<FetchCommand> more)
            throws GitAPIException, Refused {
        try (session) {
            repository.guard(session::guard);
            var command = new Git(repository)
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
            more.apply(command).call();
        } catch (GitAPIException e) {
            if (session.allowance().isCancelled()) { // JGit says that it was cancelled, and not why
                session.allowance().check();
            }
            throw e;
        }
    }
}
