package dev.trestle.source;

import dev.trestle.core.Hash;
import dev.trestle.core.inputs.SourceTree;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jgit.api.LsRemoteCommand;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.jspecify.annotations.Nullable;

/** Asks servers by JGit. A commit's trees are kept in one mirror per repository, so that the next commit's differ by little. */
public final class JGitReader implements GitReader {
    private final Path folder;
    private final Duration timeout;
    private final Map<String, Mirror> mirrors = new ConcurrentHashMap<>();

    /**
     * @param folder for the mirrors; what is in it may be deleted at any time
     * @param timeout of one answer
     */
    public JGitReader(Path folder, Duration timeout) {
        this.folder = folder;
        this.timeout = timeout;
    }

    @Override
    public Optional<String> commitOf(String url, String ref) throws Unreadable {
        return reading(() -> Optional.ofNullable(refs(url, ref).get(ref))
                .map(JGitReader::commit)
                .map(ObjectId::getName));
    }

    @Override
    public SourceTree treeOf(String url, String commit) throws Unreadable {
        try {
            return reading(() -> mirror(url).treeOf(commit));
        } catch (Unreadable e) {
            throw new Unreadable("commit '%s' cannot be fetched: %s".formatted(commit, e.getMessage()), e);
        }
    }

    @Override
    public Optional<String> textOf(String url, String objectId) throws Unreadable {
        return reading(() -> mirror(url).textOf(objectId));
    }

    private Mirror mirror(String url) {
        return mirrors.computeIfAbsent(
                url, _ -> new Mirror(folder.resolve(Hash.shortOf(16, List.of(url)) + ".git"), url, timeout));
    }

    private Map<String, Ref> refs(String url, String ref) throws GitAPIException {
        return new LsRemoteCommand(null)
                .setRemote(url)
                .setHeads(ref.startsWith("refs/heads/"))
                .setTags(ref.startsWith("refs/tags/"))
                .setTimeout((int) timeout.toSeconds())
                .callAsMap();
    }

    private static @Nullable ObjectId commit(Ref ref) {
        var peeled = ref.getPeeledObjectId();
        return peeled == null ? ref.getObjectId() : peeled;
    }

    private interface Reading<T> {
        T read() throws GitAPIException, IOException;
    }

    private static <T> T reading(Reading<T> reading) throws Unreadable {
        try {
            return reading.read();
        } catch (GitAPIException
                | IOException
                | RuntimeException e) { // of a port that cannot be, JGit throws the latter
            throw new Unreadable(causeOf(e), e);
        }
    }

    /** JGit wraps what went wrong twice, and the innermost says it. */
    private static String causeOf(Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null && !(cause instanceof TransportException)) {
            cause = cause.getCause();
        }
        return Objects.requireNonNullElseGet(cause.getMessage(), cause::toString);
    }
}
