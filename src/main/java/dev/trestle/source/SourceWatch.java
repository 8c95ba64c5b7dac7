package dev.trestle.source;

import dev.trestle.core.inputs.FileRecipe;
import dev.trestle.core.plan.SourceView;
import dev.trestle.dockerfile.KnownReads;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Keeps an eye on every ref that some build follows: each repository is asked once per period for all of its refs, however many
 * builds follow them. A reconcile never waits for git: it sees what is known, and is called again when that changes.
 */
public final class SourceWatch implements AutoCloseable {
    private final GitReader git;
    private final KnownReads reads;
    private final Pace pace;
    private final ScheduledExecutorService executor;
    private final Consumer<Followed> onChange;
    private final Map<String, Watched> repositories = new ConcurrentHashMap<>();

    private volatile Supplier<Set<Followed>> wanted = Set::of;

    private record Watched(WatchedRepository repository, Looks looks) {}

    /** @param onChange called when what is known of a ref has changed, or of what Dockerfiles read that was asked for */
    public SourceWatch(
            GitReader git,
            KnownReads reads,
            Pace pace,
            ScheduledExecutorService executor,
            Consumer<Followed> onChange) {
        this.git = git;
        this.reads = reads;
        this.pace = pace;
        this.executor = executor;
        this.onChange = onChange;
    }

    /** @param wanted every ref that some build follows now; one that is no longer among them is forgotten */
    public void forgetAllBut(Supplier<Set<Followed>> wanted) {
        this.wanted = wanted;
    }

    /**
     * What is known of the ref; the first time it is asked for, it begins to be followed.
     *
     * @param recipe of the build that asks: which of the commit's files are its inputs
     * @param since what it has built last, when it wants to know all that was pushed after that: a commit, or a release's tag
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
        var repository = new WatchedRepository(url, git, reads, pace, () -> wanted.get(), onChange);
        return new Watched(repository, new Looks(executor, () -> look(url, repository)));
    }

    private Looks.Next look(String url, WatchedRepository repository) {
        repository.look();
        if (isForgotten(url, repository)) {
            git.forget(url);
            return new Looks.Next.Never();
        }
        return new Looks.Next.After(repository.pause());
    }

    /** Whoever follows it again while it is forgotten begins anew. */
    private boolean isForgotten(String url, WatchedRepository repository) {
        return repositories.computeIfPresent(url, (_, known) -> repository.isForgotten() ? null : known) == null;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
