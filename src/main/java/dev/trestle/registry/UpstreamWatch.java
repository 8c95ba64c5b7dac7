package dev.trestle.registry;

import dev.trestle.core.config.Registry;
import dev.trestle.core.merge.Digest;
import dev.trestle.core.merge.FailureClass;
import dev.trestle.core.refresh.UpstreamImage;
import dev.trestle.core.refresh.UpstreamView;
import dev.trestle.core.refresh.UpstreamView.Known;
import dev.trestle.core.refresh.UpstreamView.Unavailable;
import dev.trestle.core.refresh.UpstreamView.Unresolved;
import dev.trestle.core.refresh.Upstreams;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an eye on the images that bases are built from: each is looked up once per period, however many bases are built from it.
 * A registry's mirrors are asked first, as BuildKit does when it pulls.
 *
 * <p>A host is asked one thing at a time. One that is busy or away is left alone for as long as it asks for, else for ever longer, up to a
 * period. The last observed state stays meanwhile: a registry that is away has not moved a tag.
 */
public final class UpstreamWatch implements Upstreams {
    private static final Logger LOG = LoggerFactory.getLogger(UpstreamWatch.class);

    private final Digests registry;
    private final Supplier<List<Registry>> registries;
    private final Supplier<Duration> period;
    private final ScheduledExecutorService executor;
    private final Consumer<UpstreamImage> onChange;
    private final Map<UpstreamImage, UpstreamView> views = new ConcurrentHashMap<>();
    private final Map<String, UpstreamHost> hosts = new ConcurrentHashMap<>();
    private volatile Supplier<Set<UpstreamImage>> wanted = Set::of;

    /**
     * @param registry sends each request once, see {@link Backoff#ONCE}: the waiting is done here
     * @param registries of the configuration; asked again each time
     * @param period how long to wait after a look before the next; read again each time
     * @param onChange called when the observed state of an image has changed
     */
    public UpstreamWatch(
            Digests registry,
            Supplier<List<Registry>> registries,
            Supplier<Duration> period,
            ScheduledExecutorService executor,
            Consumer<UpstreamImage> onChange) {
        this.registry = registry;
        this.registries = registries;
        this.period = period;
        this.executor = executor;
        this.onChange = onChange;
    }

    /** @param wanted every image that some base is built from now; one that is no longer among them is forgotten */
    public void forgetAllBut(Supplier<Set<UpstreamImage>> wanted) {
        this.wanted = wanted;
    }

    @Override
    public UpstreamView viewOf(UpstreamImage image) {
        var known = views.putIfAbsent(image, new Unresolved());
        if (known == null) {
            ask(image, placesOf(image));
            return new Unresolved();
        }
        return known;
    }

    /** Where the image may be, in the order to ask; never empty. */
    private List<Repository> placesOf(UpstreamImage image) {
        var origin = Repository.parse(image.repository());
        var mirrors = registries.get().stream()
                .filter(told -> told.host().equals(origin.host()))
                .flatMap(told -> told.mirrors().stream())
                .map(mirror -> within(mirror, origin.path()));
        return Stream.concat(mirrors, Stream.of(origin)).toList();
    }

    /** A mirror is a host, or a host and where in it the other registry's repositories are. */
    private static Repository within(String mirror, String path) {
        var slash = mirror.indexOf('/');
        return slash < 0
                ? new Repository(mirror, path)
                : new Repository(mirror.substring(0, slash), mirror.substring(slash + 1) + "/" + path);
    }

    private void ask(UpstreamImage image, List<Repository> places) {
        var host = places.getFirst().host();
        hosts.compute(host, (name, known) -> {
            var asked = known == null ? new UpstreamHost(name, executor, period) : known;
            asked.ask(() -> look(image, places));
            return asked;
        });
    }

    private void askAgain(UpstreamImage image) {
        if (wanted.get().contains(image)) {
            ask(image, placesOf(image));
        } else {
            views.remove(image);
            forgetIdleHosts();
        }
    }

    private void forgetIdleHosts() {
        hosts.keySet().forEach(host -> hosts.computeIfPresent(host, (_, known) -> known.isIdle() ? null : known));
    }

    /** The registries that are asked, or were asked since an image was forgotten last. */
    int hosts() {
        return hosts.size();
    }

    /** Looks in the first place; in the next one if that does not help. */
    private Optional<RegistryFailure> look(UpstreamImage image, List<Repository> places) {
        var elsewhere = places.subList(1, places.size());
        try {
            var digest = registry.digestOf(places.getFirst(), image.tag());
            if (digest.isEmpty() && !elsewhere.isEmpty()) {
                ask(image, elsewhere);
            } else {
                know(
                        image,
                        digest.map(Digest::value).<UpstreamView>map(Known::new).orElseGet(() -> missing(image)));
                askAfterAPeriod(image);
            }
            return Optional.empty();
        } catch (RegistryFailure e) {
            var ofHost = Optional.of(e).filter(failure -> failure.failure().worthARetry());
            failed(image, elsewhere, e, ofHost.isPresent());
            return ofHost;
        } catch (CancellationException e) {
            LOG.debug("Asked no more: the operator stops", e);
            return Optional.empty();
        } catch (RuntimeException | Error e) { // or nothing would ever look again
            failed(image, elsewhere, e, false);
            return Optional.empty();
        }
    }

    /** A host that pauses keeps its place in the line; a fault of this image alone waits for a period. */
    private void failed(UpstreamImage image, List<Repository> elsewhere, Throwable failure, boolean soon) {
        if (!elsewhere.isEmpty()) {
            ask(image, elsewhere);
            return;
        }
        if (views.get(image) instanceof Known && !isDenied(failure)) {
            LOG.atWarn()
                    .addKeyValue("image", image)
                    .addKeyValue("failure", failure.getMessage())
                    .log("Upstream image cannot be looked up; its last digest stands");
        } else {
            know(image, unreadable(image, failure));
        }
        if (soon) {
            askAgain(image);
        } else {
            askAfterAPeriod(image);
        }
    }

    /** A registry that is away has not moved a tag; one that refuses will go on refusing, and its user has to know. */
    private static boolean isDenied(Throwable failure) {
        return failure instanceof RegistryFailure refusal && refusal.failure() == FailureClass.Denied;
    }

    private void askAfterAPeriod(UpstreamImage image) {
        var _ = executor.schedule(() -> askAgain(image), period.get().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void know(UpstreamImage image, UpstreamView seen) {
        var before = views.replace(image, seen);
        if (before != null && !before.equals(seen)) {
            LOG.atInfo()
                    .addKeyValue("image", image)
                    .addKeyValue("before", before)
                    .addKeyValue("seen", seen)
                    .log("Upstream image changed");
            tell(image);
        }
    }

    /** A listener may fail; the watch goes on. */
    private void tell(UpstreamImage image) {
        try {
            onChange.accept(image);
        } catch (RuntimeException | Error e) {
            LOG.atError().addKeyValue("image", image).setCause(e).log("Nobody could be told of an upstream image");
        }
    }

    private static UpstreamView missing(UpstreamImage image) {
        return new Unavailable("Upstream image '%s' does not exist: '%s' has no tag '%s'. Push it, or correct the name."
                .formatted(image, image.repository(), image.tag()));
    }

    private static UpstreamView unreadable(UpstreamImage image, Throwable failure) {
        return new Unavailable("Upstream image '%s' cannot be looked up, and is tried again: %s"
                .formatted(image, failure.getMessage()));
    }
}
