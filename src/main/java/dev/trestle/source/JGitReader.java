package dev.trestle.source;

import dev.trestle.core.inputs.SourceTree;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

/** Asks servers by JGit. A commit's trees are kept in one mirror per repository, so that the next commit's differ by little. */
public final class JGitReader implements GitReader {
    private static final int MOST_REFS = 100_000;
    private static final long MEBIBYTE = 1 << 20;
    /**
     * A quarter of the shipped heap of 307 MiB. Ten thousand builds take 60 MiB, the folders that are kept {@link #FOLDER_BYTES}, and what
     * is free of twenty looks 20 MiB; the rest is the collector's.
     */
    private static final long MOST_MEMORY = 80 * MEBIBYTE;

    private static final long FREE_MEMORY = MEBIBYTE / 2;
    /** Two commits of 300,000 files each, or a hundred of Linux's size that are much alike. */
    private static final long FOLDER_BYTES = 32 * MEBIBYTE;

    private final Limits limits;
    private final Servers servers;
    private final Mirrors mirrors;
    private final ByteBudget memory;
    /** Bytes that fetches may write before they count as a mirror's. */
    private final ByteBudget disk;

    /** @param folder for the mirrors; those that it has are deleted */
    public JGitReader(Path folder, Limits limits, Servers servers) {
        this(folder, limits, servers, new ByteBudget(MOST_MEMORY, MOST_MEMORY / 2, FREE_MEMORY));
    }

    /**
     * @param folder for the mirrors; those that it has are deleted
     * @param memory that all reads of the operator share
     */
    public JGitReader(Path folder, Limits limits, Servers servers, ByteBudget memory) {
        this(folder, limits, servers, memory, FOLDER_BYTES);
    }

    /** @param folderBytes of the folders that are kept of the last commits */
    JGitReader(Path folder, Limits limits, Servers servers, ByteBudget memory, long folderBytes) {
        this.limits = limits;
        this.servers = servers;
        this.memory = memory;
        this.disk = new ByteBudget(2 * limits.fetchBytes(), limits.fetchBytes(), MEBIBYTE);
        this.mirrors = new Mirrors(
                folder,
                limits.mirrorBytes(),
                new FolderCache(folderBytes),
                url -> new Mirror.Sessions(
                        () -> session(url, limits.fetch(), limits.fetchBytes()),
                        () -> session(url, limits.fetch(), limits.textBytes()),
                        memory));
    }

    @Override
    public Map<String, String> commitsOf(String url, Set<String> refs) throws Unreadable {
        return reading(() -> {
            var commits = list(url, refs);
            commits.keySet().removeIf(ref -> refs.stream().noneMatch(asked -> isMeant(asked, ref)));
            return commits;
        });
    }

    /** A server gives all refs that begin as one of those asked for. */
    private static boolean isMeant(String asked, String ref) {
        var star = asked.indexOf('*');
        return star < 0
                ? asked.equals(ref)
                : ref.startsWith(asked.substring(0, star)) && ref.endsWith(asked.substring(star + 1));
    }

    @Override
    public List<String> historyOf(String url, String commit) throws Unreadable {
        return fetching(() -> mirrors.of(url).historyOf(commit));
    }

    @Override
    public SourceTree treeOf(String url, String commit) throws Unreadable {
        try {
            return fetching(() -> mirrors.of(url).treeOf(commit));
        } catch (Unreadable e) {
            throw new Unreadable("commit '%s' cannot be fetched: %s".formatted(commit, e.getMessage()), e);
        }
    }

    @Override
    public Optional<String> textOf(String url, String objectId) throws Unreadable {
        return fetching(() -> mirrors.of(url).textOf(objectId));
    }

    @Override
    public ByteBudget memory() {
        return memory;
    }

    @Override
    public void forget(String url) {
        mirrors.forget(url);
    }

    private Session session(String url, Duration longest, long most) {
        var allowance = new Allowance(
                new Allowance.Limit(longest, most, limits.listingBytes()), System::nanoTime, memory, disk);
        return new Session(servers, url, limits.answer(), allowance, PackLimits.USUAL, memory.share());
    }

    /** A server that speaks protocol version 2 gives only the refs that are asked for, however many it has. */
    private Map<String, String> list(String url, Set<String> refs) throws IOException, URISyntaxException {
        var commits = new HashMap<String, String>();
        try (var session = session(url, limits.listing(), limits.listingBytes());
                var transport = Transport.open(new URIish(url))) {
            session.guard(transport);
            try (var connection =
                    transport.openFetch(refs.stream().map(JGitReader::asked).toList())) {
                if (connection.getRefs().size() > MOST_REFS) {
                    throw new Refused("it has more than %d refs".formatted(MOST_REFS));
                }
                for (var ref : connection.getRefs()) {
                    var commit = commit(ref);
                    if (commit != null) {
                        commits.put(ref.getName(), commit.name());
                    }
                }
            }
        }
        return commits;
    }

    private static RefSpec asked(String ref) {
        return new RefSpec(ref, RefSpec.WildcardMode.ALLOW_MISMATCH);
    }

    private static @Nullable ObjectId commit(Ref ref) {
        var peeled = ref.getPeeledObjectId();
        return peeled == null ? ref.getObjectId() : peeled;
    }

    private interface Reading<T> {
        T read() throws GitAPIException, IOException, URISyntaxException;
    }

    private <T> T fetching(Reading<T> reading) throws Unreadable {
        return reading(() -> {
            mirrors.makeRoom();
            return reading.read();
        });
    }

    private static <T> T reading(Reading<T> reading) throws Unreadable {
        try {
            return reading.read();
        } catch (GitAPIException
                | IOException
                | URISyntaxException
                | RuntimeException e) { // of a port that cannot be, JGit throws the latter
            throw new Unreadable(Faults.causeOf(e), e);
        }
    }
}
