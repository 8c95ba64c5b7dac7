package dev.trestle.source;

import dev.trestle.core.inputs.FileRecipe;
import dev.trestle.core.plan.SourceView;
import dev.trestle.dockerfile.KnownReads;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an eye on every ref that some build follows: each repository is asked once per period for all of its refs, however many
 * builds follow them. A reconcile never waits for git: it sees the last observed state, and is called again when that changes.
 */
public final class SourceWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SourceWatch.class);
    private static final Map<Lane, Integer> PLACES = Map.of(Lane.USUAL, 8, Lane.NEW, 8, Lane.SLOW, 4);
    private static final Duration LONGEST_LOOK = Duration.ofMinutes(10);
    /** A look that takes longer is one of the slow ones, until the next does not. */
    private static final Duration SLOW = Duration.ofSeconds(5);

    private final GitReader git;
    private final KnownReads reads;
    private final Pace pace;
    private final ScheduledExecutorService timer;
    private final Workers workers;
    private final SourceListener listener;
    private final Map<String, Watched> repositories = new ConcurrentHashMap<>();
    private final Wanted wanted;

    private record Watched(WatchedRepository repository, Looks looks) {}

    /**
     * @param reads of Dockerfiles, which looks wait for
     * @param wanted refs and recipes of builds; all others are forgotten
     * @param timer says when to look; the looks have threads of their own
     * @param listener called when the observed state of a ref has changed
     */
    public SourceWatch(
            GitReader git,
            KnownReads reads,
            Pace pace,
            Wanted wanted,
            ScheduledExecutorService timer,
            SourceListener listener) {
        this(git, reads, pace, wanted, timer, new LookThreads(PLACES, LONGEST_LOOK, timer), listener);
    }

    SourceWatch(
            GitReader git,
            KnownReads reads,
            Pace pace,
            Wanted wanted,
            ScheduledExecutorService timer,
            Workers workers,
            SourceListener listener) {
        this.git = git;
        this.reads = reads;
        this.pace = pace;
        this.wanted = wanted;
        this.timer = timer;
        this.workers = workers;
        this.listener = listener;
    }

    /**
     * The observed state of the ref; the first request begins to follow it.
     *
     * @param recipe of the build that asks: which of the commit's files are its inputs
     * @param since the last built commit or release's tag, when all later ones are wanted
     */
    public SourceView viewOf(Followed followed, FileRecipe recipe, Optional<String> since) {
        var watched = repositories.compute(followed.url(), (url, known) -> {
            var made = known == null ? watched(url) : known;
            if (made.repository().follow(followed, recipe, since)) {
                made.looks().need();
            }
            return made;
        });
        return watched.repository().viewOf(followed, recipe, since);
    }

    /**
     * Looks at these repositories soon: at once, or 2 s after the last look.
     *
     * @return how many of them some build follows
     */
    public int lookAt(Set<RepositoryAddress> addresses) {
        var meant = repositories.entrySet().stream()
                .filter(entry -> RepositoryAddress.of(entry.getKey())
                        .filter(addresses::contains)
                        .isPresent())
                .map(Map.Entry::getValue)
                .toList();
        meant.forEach(watched -> watched.looks().poke());
        return meant.size();
    }

    private Watched watched(String url) {
        var repository = new WatchedRepository(url, git, reads, pace, wanted, listener);
        return new Watched(repository, new Looks(timer, workers, new OneLook(url, repository)));
    }

    /** A build that follows it again while it is forgotten starts from the beginning. */
    private boolean isForgotten(String url, WatchedRepository repository) {
        return repositories.computeIfPresent(url, (_, known) -> repository.isForgotten() ? null : known) == null;
    }

    private final class OneLook implements Looks.Look {
        private final String url;
        private final WatchedRepository repository;
        private final ReentrantLock one = new ReentrantLock();
        private volatile boolean slow;

        OneLook(String url, WatchedRepository repository) {
            this.url = url;
            this.repository = repository;
        }

        @Override
        public Lane lane() {
            return slow ? Lane.SLOW : repository.lane();
        }

        @Override
        public String server() {
            return RepositoryAddress.of(url).map(RepositoryAddress::host).orElse("");
        }

        @Override
        public Looks.Next look(boolean all) {
            if (!one.tryLock()) { // a look that was given up still goes on
                repository.broke(new TimeoutException("the look before has not ended"));
                return new Looks.Next.After(repository.pause());
            }
            var began = System.nanoTime();
            try {
                if (!all && repository.fill()) {
                    return new Looks.Next.AsPlanned();
                }
                repository.look();
            } catch (RuntimeException | Error e) {
                LOG.atError().addKeyValue("url", url).setCause(e).log("Look at a source failed");
                repository.broke(e);
            } finally {
                slow = System.nanoTime() - began > SLOW.toNanos();
                one.unlock();
            }
            if (isForgotten(url, repository)) {
                git.forget(url);
                return new Looks.Next.Never();
            }
            return new Looks.Next.After(repository.pause());
        }

        @Override
        public Looks.Next givenUp() {
            slow = true;
            repository.broke(new TimeoutException("it takes longer than %d min".formatted(LONGEST_LOOK.toMinutes())));
            return new Looks.Next.After(repository.pause());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        workers.close();
    }
}
