package dev.trestle.source;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jgit.api.LsRemoteCommand;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.jspecify.annotations.Nullable;

/** Asks the server for its refs, and fetches nothing. */
public final class JGitHeads implements GitHeads {
    private final Duration timeout;

    public JGitHeads(Duration timeout) {
        this.timeout = timeout;
    }

    @Override
    public Optional<String> commitOf(String url, String ref) throws Unreadable {
        try {
            var refs = new LsRemoteCommand(null)
                    .setRemote(url)
                    .setHeads(ref.startsWith("refs/heads/"))
                    .setTags(ref.startsWith("refs/tags/"))
                    .setTimeout((int) timeout.toSeconds())
                    .callAsMap();
            return Optional.ofNullable(refs.get(ref)).map(JGitHeads::commit).map(ObjectId::getName);
        } catch (GitAPIException | RuntimeException e) { // of a host or port that cannot be, JGit throws the latter
            throw new Unreadable(causeOf(e), e);
        }
    }

    private static @Nullable ObjectId commit(Ref ref) {
        var peeled = ref.getPeeledObjectId();
        return peeled == null ? ref.getObjectId() : peeled;
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
