package dev.trestle.source;

import dev.trestle.core.inputs.FileRecipe;
import dev.trestle.core.plan.SourceView;
import dev.trestle.dockerfile.KnownReads;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One repository: all of its followed refs are looked at together. */
final class WatchedRepository {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedRepository.class);

    private final String url;
    private final GitReader git;
    private final KnownReads reads;
    private final Pace pace;
    private final Supplier<Set<Followed>> wanted;
    private final Consumer<Followed> onChange;
    private final Map<String, WatchedRef> refs = new ConcurrentHashMap<>();
    private int failures;

    WatchedRepository(
            String url,
            GitReader git,
            KnownReads reads,
            Pace pace,
            Supplier<Set<Followed>> wanted,
            Consumer<Followed> onChange) {
        this.url = url;
        this.git = git;
        this.reads = reads;
        this.pace = pace;
        this.wanted = wanted;
        this.onChange = onChange;
    }

    static String unreadable(String url, GitReader.Unreadable why, Duration again) {
        return "Repository '%s' cannot be read: %s. It is tried again in about %d s."
                .formatted(url, why.getMessage(), again.toSeconds());
    }

    /** @return whether a look is needed: the ref is new, or the text of this Dockerfile is, or what was pushed since is asked for */
    boolean follow(Followed followed, FileRecipe recipe, Optional<String> since) {
        var isNew = !refs.containsKey(followed.ref());
        var ref = refs.computeIfAbsent(followed.ref(), _ -> new WatchedRef(followed));
        var asks = since.filter(last -> ref.asks(new Pushed.Question(recipe, last)))
                .isPresent();
        return (ref.needs(recipe.dockerfile()) && (isNew || ref.lacksText())) || asks;
    }

    SourceView viewOf(Followed followed, FileRecipe recipe, Optional<String> since) {
        var ref = refs.get(followed.ref());
        return ref == null
                ? new SourceView.Unresolved()
                : ref.view(recipe, since, request -> reads.of(request, url, new Telling(followed, onChange)));
    }

    /** Equal for equal refs, so that a build that asks often is called once. */
    private record Telling(Followed followed, Consumer<Followed> onChange) implements Runnable {
        @Override
        public void run() {
            onChange.accept(followed);
        }
    }

    boolean isForgotten() {
        return refs.isEmpty();
    }

    /** How long the repository is left alone now. */
    Duration pause() {
        return pace.atRandomAfter(failures);
    }

    /** Looks once, and tells who follows what has changed. Whatever goes wrong, there is a next time. */
    void look() {
        try {
            forgetUnwanted();
            var open = refs.values().stream().filter(WatchedRef::isOpen).toList();
            var names = open.stream()
                    .map(WatchedRef::followed)
                    .filter(followed -> !followed.isCommit())
                    .map(Followed::ref)
                    .collect(Collectors.toSet());
            var commits = names.isEmpty() ? Map.<String, String>of() : git.commitsOf(url, names);
            failures = 0;
            for (var ref : open) {
                tell(ref, ref.read(commits, git, request -> Optional.of(reads.now(request)), pace));
            }
        } catch (GitReader.Unreadable e) {
            failures++;
            var message = unreadable(url, e, pace.after(failures));
            refs.values().stream().filter(WatchedRef::isOpen).forEach(ref -> tell(ref, ref.unreadable(message)));
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("url", url).setCause(e).log("Look at a source failed; the next comes as usual");
        }
    }

    /** A ref that was never looked at was asked for just now. */
    private void forgetUnwanted() {
        var old = refs.values().stream().filter(WatchedRef::wasLookedAt).toList();
        var still = wanted.get();
        old.stream()
                .map(WatchedRef::followed)
                .filter(ref -> !still.contains(ref))
                .forEach(ref -> refs.remove(ref.ref()));
    }

    private void tell(WatchedRef ref, boolean news) {
        if (!news) {
            return;
        }
        var followed = ref.followed();
        LOG.atInfo()
                .addKeyValue("url", followed.url())
                .addKeyValue("ref", followed.ref())
                .addKeyValue("seen", ref)
                .log("Source changed");
        try {
            onChange.accept(followed);
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("url", url).setCause(e).log("Nobody could be told of a source");
        }
    }
}
