package dev.trestle.source;

import dev.trestle.core.inputs.SourceTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
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

/**
 * What the operator keeps of one repository: the folders of the last commits, and the few files that it had to read. Neither history
 * nor other contents are fetched, where the server can leave them out.
 */
final class Mirror {
    /** Trees that a later fetch builds on are known to the server by this ref. */
    private static final String LAST = "refs/trestle/last";
    /** Each fetch leaves a pack; before they are too many, everything is fetched anew. */
    private static final int MOST_PACKS = 50;

    private static final int LONGEST_TEXT = 256 * 1024;

    private final Path trees;
    private final Path texts;
    private final String url;
    private final Duration timeout;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean filters = true;

    Mirror(Path folder, String url, Duration timeout) {
        this.trees = folder.resolve("trees");
        this.texts = folder.resolve("texts");
        this.url = url;
        this.timeout = timeout;
    }

    SourceTree treeOf(String commit) throws GitAPIException, IOException {
        lock.lock();
        try (var repository = open(trees)) {
            var id = ObjectId.fromString(commit);
            if (!repository.getObjectDatabase().has(id)) {
                fetchTrees(repository, commit);
            }
            return Trees.of(repository, id);
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
                fetch(repository, new RefSpec(id.name())).call();
            }
            var object = repository.open(id);
            return object.getSize() > LONGEST_TEXT
                    ? Optional.empty()
                    : Optional.of(new String(object.getBytes(LONGEST_TEXT), StandardCharsets.UTF_8));
        } finally {
            lock.unlock();
        }
    }

    private void fetchTrees(Repository repository, String commit) throws GitAPIException, IOException {
        var spec = new RefSpec("+%s:%s".formatted(commit, LAST));
        if (filters) {
            var noContents = FilterSpec.fromFilterLine("blob:none");
            try {
                fetch(repository, spec)
                        .setDepth(1)
                        .setTransportConfigCallback(transport -> transport.setFilterSpec(noContents))
                        .call();
                return;
            } catch (org.eclipse.jgit.api.errors.TransportException e) {
                if (!saysThatItCannotFilter(e)) {
                    throw e;
                }
                filters = false;
            }
        }
        fetch(repository, spec).setDepth(1).call();
    }

    private static boolean saysThatItCannotFilter(Exception e) {
        return e.getCause() instanceof TransportException
                && String.valueOf(e.getCause().getMessage()).contains("filter");
    }

    /** Not thin: what a pack would build on may be a content that was left out. */
    private FetchCommand fetch(Repository repository, RefSpec spec) {
        return new Git(repository)
                .fetch()
                .setRemote(url)
                .setRefSpecs(spec)
                .setTagOpt(TagOpt.NO_TAGS)
                .setThin(false)
                .setProgressMonitor(new ObjectLimit())
                .setTimeout((int) timeout.toSeconds());
    }

    /** Texts have a repository without any ref, so that the server never thinks that a file is here because its folder is. */
    private static Repository open(Path folder) throws IOException {
        if (packs(folder) > MOST_PACKS) {
            FileUtils.delete(folder.toFile(), FileUtils.RECURSIVE);
        }
        var repository =
                new FileRepositoryBuilder().setGitDir(folder.toFile()).setBare().build();
        if (!Files.exists(folder.resolve("HEAD"))) {
            repository.create(true);
            withoutCollector(repository.getConfig());
        }
        return repository;
    }

    /** JGit collects after a fetch, and would miss the contents that were left out. */
    private static void withoutCollector(StoredConfig config) throws IOException {
        config.setInt("gc", null, "auto", 0);
        config.setInt("gc", null, "autoPackLimit", 0);
        config.setBoolean("gc", null, "autoDetach", false);
        config.save();
    }

    private static long packs(Path folder) throws IOException {
        var packs = folder.resolve("objects").resolve("pack");
        if (!Files.isDirectory(packs)) {
            return 0;
        }
        try (var files = Files.list(packs)) {
            return files.filter(file -> file.toString().endsWith(".pack")).count();
        }
    }
}
