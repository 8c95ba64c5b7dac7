package dev.trestle.bench;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.LegState;
import dev.trestle.api.ManifestMerge;
import dev.trestle.core.Labels;
import dev.trestle.core.render.LegPod;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * When each thing was first seen, by watches of one client on one clock: {@link System#nanoTime}. What the API server says of time has
 * whole seconds, so nothing is taken from it.
 */
final class Sightings implements AutoCloseable {
    private static final Duration STEP = Duration.ofMillis(5);

    /** What can be seen, and what its name is. */
    enum Sight {
        /** A BackendBuild is there, or its create was answered, whichever came first; its name. */
        BUILD,
        /** A leg's pod is there; the leg. */
        LEG_POD,
        /** The build container of a leg's pod has ended; the leg. */
        LEG_ENDED,
        /** The status says that the leg is built; the leg. */
        LEG_KNOWN,
        /** The ManifestMerge is there; the BackendBuild. */
        MERGE,
        /** Its Job is there; the BackendBuild. */
        MERGE_JOB,
        /** The merge's pod is there; its own name. */
        MERGE_POD,
        /** The status says what was published; the BackendBuild. */
        PUBLISHED,
        /** A pod without the operator is there; its own name. */
        BARE_POD,
        /** Its build container has ended; its own name. */
        BARE_ENDED
    }

    private final Map<Sight, Map<String, Long>> first = new EnumMap<>(Sight.class);
    private final List<Watch> watches;
    private volatile @Nullable Exception broken;

    Sightings(KubernetesClient client, String namespace) {
        for (var sight : Sight.values()) {
            first.put(sight, new ConcurrentHashMap<>());
        }
        watches = List.of(
                client.pods().inNamespace(namespace).watch(watcher(this::pod)),
                client.resources(ManifestMerge.class)
                        .inNamespace(namespace)
                        .watch(watcher(merge -> merge(Sight.MERGE, merge))),
                client.batch().v1().jobs().inNamespace(namespace).watch(watcher(job -> merge(Sight.MERGE_JOB, job))),
                client.resources(BackendBuild.class).inNamespace(namespace).watch(watcher(this::build)));
    }

    /** Nanoseconds; what is asked for must have been awaited. */
    long at(Sight sight, String name) {
        return Objects.requireNonNull(
                seen(sight).get(name), () -> "'%s' of '%s' was never seen".formatted(sight, name));
    }

    int count(Sight sight) {
        return seen(sight).size();
    }

    /** @throws TimeoutException naming the first that is missing */
    void await(Sight sight, Collection<String> names, Duration limit) throws Exception {
        var end = System.nanoTime() + limit.toNanos();
        while (!seen(sight).keySet().containsAll(names)) {
            if (broken != null) {
                throw broken;
            }
            if (System.nanoTime() > end) {
                var missing = names.stream()
                        .filter(name -> !seen(sight).containsKey(name))
                        .toList();
                throw new TimeoutException(
                        "After %d s, '%s' of %d of %d has not been seen, such as '%s'. See: kubectl get bb,pods -n trestle-bench"
                                .formatted(limit.toSeconds(), sight, missing.size(), names.size(), missing.getFirst()));
            }
            Thread.sleep(STEP);
        }
    }

    private Map<String, Long> seen(Sight sight) {
        return Objects.requireNonNull(first.get(sight));
    }

    /** Only the first time counts. */
    void saw(Sight sight, String name, long at) {
        seen(sight).putIfAbsent(name, at);
    }

    private void pod(Pod pod) {
        var at = System.nanoTime();
        var labels = pod.getMetadata().getLabels();
        var name = pod.getMetadata().getName();
        if (labels.containsKey(Labels.MERGE)) {
            saw(Sight.MERGE_POD, name, at);
            return;
        }
        var bare = !labels.containsKey(Labels.MANAGED_BY);
        var known = bare
                ? name
                : Matrix.legName(labels.getOrDefault(Labels.BUILD, ""), labels.getOrDefault(Labels.LEG, ""));
        saw(bare ? Sight.BARE_POD : Sight.LEG_POD, known, at);
        if (hasEnded(pod)) {
            saw(bare ? Sight.BARE_ENDED : Sight.LEG_ENDED, known, at);
        }
    }

    private static boolean hasEnded(Pod pod) {
        return pod.getStatus() != null
                && pod.getStatus().getContainerStatuses().stream()
                        .filter(status -> status.getName().equals(LegPod.BUILD_CONTAINER))
                        .anyMatch(status -> status.getState().getTerminated() != null);
    }

    /** A merge and its Job are named after the build, with a hash behind. */
    private void merge(Sight sight, HasMetadata seen) {
        var at = System.nanoTime();
        var name = seen.getMetadata().getName();
        saw(sight, name.substring(0, name.lastIndexOf('-')), at);
    }

    private void build(BackendBuild build) {
        var at = System.nanoTime();
        var name = build.getMetadata().getName();
        saw(Sight.BUILD, name, at);
        var status = build.getStatus();
        if (status == null) {
            return;
        }
        status.legs().stream()
                .filter(leg -> leg.state() == LegState.Built)
                .forEach(leg -> saw(Sight.LEG_KNOWN, Matrix.legName(name, leg.platform()), at));
        if (status.image() != null) {
            saw(Sight.PUBLISHED, name, at);
        }
    }

    private <T extends HasMetadata> Watcher<T> watcher(Consumer<T> seen) {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, T resource) {
                if (action == Action.ADDED || action == Action.MODIFIED) {
                    seen.accept(resource);
                }
            }

            @Override
            public void onClose(WatcherException cause) {
                broken = cause;
            }
        };
    }

    @Override
    public void close() {
        watches.forEach(Watch::close);
    }
}
