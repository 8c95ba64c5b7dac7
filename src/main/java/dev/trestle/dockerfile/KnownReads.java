package dev.trestle.dockerfile;

import dev.trestle.core.Hash;
import dev.trestle.core.dockerfile.DockerfileReader;
import dev.trestle.core.dockerfile.DockerfileReads;
import dev.trestle.core.dockerfile.DockerfileRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The known reads of Dockerfiles. A reconcile never waits for the reader: it sees the known ones, and is called again
 * when there is more. One thread asks the reader, for each repository in turn.
 */
public final class KnownReads implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KnownReads.class);
    private static final int MOST_BYTES = 4 << 20;
    private static final Duration RETRY = Duration.ofSeconds(10);

    private final DockerfileReader reader;
    private final ScheduledExecutorService worker;

    private final SequencedMap<String, DockerfileReads> known = new LinkedHashMap<>(16, 0.75f, true);
    private long knownBytes;
    private final Map<String, List<Runnable>> waiting = new HashMap<>();
    private final FairQueue<Task> tasks = new FairQueue<>();

    private record Task(String key, DockerfileRequest request, String owner) {}

    /** @param worker one thread, on which the reader is asked; it is ended with this */
    public KnownReads(DockerfileReader reader, ScheduledExecutorService worker) {
        this.reader = reader;
        this.worker = worker;
    }

    /**
     * @param owner of the request: of several, none waits for more than one request of each other
     * @param whenKnown called on another thread when it was not known and is; of equal ones, one is
     * @return empty while it is not known
     */
    public synchronized Optional<DockerfileReads> of(DockerfileRequest request, String owner, Runnable whenKnown) {
        var key = key(request);
        var found = known.get(key);
        if (found != null) {
            return Optional.of(found);
        }
        var others = waiting.computeIfAbsent(key, _ -> new ArrayList<>());
        if (others.isEmpty()) {
            tasks.add(owner, new Task(key, request, owner));
            worker.execute(this::next);
        }
        if (!others.contains(whenKnown)) {
            others.add(whenKnown);
        }
        return Optional.empty();
    }

    /**
     * Waits for the reader, where it is not known: not for a thread that reconciles.
     *
     * @throws RuntimeException when the reader does not work
     */
    public DockerfileReads now(DockerfileRequest request) {
        var key = key(request);
        synchronized (this) {
            var found = known.get(key);
            if (found != null) {
                return found;
            }
        }
        var reads = reader.read(request);
        keep(key, reads);
        return reads;
    }

    /** After any outcome, the next task has its turn, and this one another later. */
    private void next() {
        var task = take();
        if (task.isEmpty()) {
            return;
        }
        try {
            keep(task.get().key(), reader.read(task.get().request()));
        } catch (RuntimeException | StackOverflowError e) {
            LOG.atError().setCause(e).log("A Dockerfile could not be read; it is retried in {} s", RETRY.toSeconds());
            var _ = worker.schedule(() -> again(task.get()), RETRY.toMillis(), TimeUnit.MILLISECONDS);
            return;
        }
        told(task.get().key()).forEach(KnownReads::tell);
    }

    private synchronized Optional<Task> take() {
        return tasks.take();
    }

    private void again(Task task) {
        synchronized (this) {
            tasks.add(task.owner(), task);
        }
        next();
    }

    private synchronized List<Runnable> told(String key) {
        var all = waiting.remove(key);
        return all == null ? List.of() : all;
    }

    private static void tell(Runnable whenKnown) {
        try {
            whenKnown.run();
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("A build could not be notified of what its Dockerfile reads");
        }
    }

    private synchronized void keep(String key, DockerfileReads reads) {
        if (known.put(key, reads) == null) {
            knownBytes += bytes(key, reads);
        }
        while (knownBytes > MOST_BYTES && known.size() > 1) {
            var eldest = known.pollFirstEntry();
            knownBytes -= bytes(eldest.getKey(), eldest.getValue());
        }
    }

    /** Roughly, with the overhead of a map and a list. */
    private static long bytes(String key, DockerfileReads reads) {
        var each = 64L;
        return 4 * each
                + key.length()
                + switch (reads) {
                    case DockerfileReads.Unknown(var why) -> 2L * why.length();
                    case DockerfileReads.Paths told ->
                        told.paths().stream()
                                        .mapToLong(path -> each + 2L * path.length())
                                        .sum()
                                + told.declared().stream()
                                        .mapToLong(arg -> each + 2L * arg.name().length())
                                        .sum();
                };
    }

    private static String key(DockerfileRequest request) {
        return HexFormat.of().formatHex(Hash.sha256().digest(ReaderJson.of(request)));
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
