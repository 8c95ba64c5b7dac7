package dev.trestle.fuzz;

import dev.trestle.api.BackendBuild;
import dev.trestle.core.Labels;
import dev.trestle.e2e.TestCluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds of an honest tenant, one after the other: how long it takes from the apply to the leg's pod. */
final class HonestBuilds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HonestBuilds.class);
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final long SLOW_MILLIS = 500;

    private final TestCluster cluster;
    private final Map<String, Long> seen = new ConcurrentHashMap<>();
    private final Watch watch;
    private int made;

    HonestBuilds(TestCluster cluster) {
        this.cluster = cluster;
        watch = cluster.client().pods().inNamespace(cluster.namespace()).watch(new Watcher<>() {
            @Override
            public void eventReceived(Action action, Pod pod) {
                var build = pod.getMetadata().getLabels().get(Labels.BUILD);
                if (build != null) {
                    seen.putIfAbsent(build, System.nanoTime());
                }
            }

            @Override
            public void onClose(WatcherException cause) {
                throw new IllegalStateException(cause);
            }
        });
    }

    /** Milliseconds, sorted. */
    record Latencies(List<Long> millis) {
        long percentile(int percent) {
            return millis.get((int) Math.ceil(percent / 100.0 * millis.size()) - 1);
        }

        @Override
        public String toString() {
            return "%d builds, apply to leg's pod: median %d ms, p99 %d ms, longest %d ms"
                    .formatted(millis.size(), percentile(50), percentile(99), percentile(100));
        }
    }

    /** One every {@code pause}, for so long. */
    Latencies during(Duration time, Duration pause) throws InterruptedException {
        var millis = new ArrayList<Long>();
        var end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            millis.add(one());
            Thread.sleep(pause);
        }
        return new Latencies(millis.stream().sorted().toList());
    }

    private long one() throws InterruptedException {
        var name = "honest-" + made++;
        var began = System.nanoTime();
        cluster.client().resource(build(name)).fieldManager("honest").serverSideApply();
        var applied = System.nanoTime();
        while (!seen.containsKey(name)) {
            if (System.nanoTime() - began > LIMIT.toNanos()) {
                throw new AssertionError("'%s' has no leg's pod after %s".formatted(name, LIMIT));
            }
            Thread.sleep(2);
        }
        if (made > 20) { // so that the cluster does not grow
            cluster.client()
                    .resources(BackendBuild.class)
                    .inNamespace(cluster.namespace())
                    .withName("honest-" + (made - 20))
                    .delete();
        }
        var millis = (seen.get(name) - began) / 1_000_000;
        if (millis > SLOW_MILLIS) {
            LOG.info(
                    "{} took {} ms, of which the API server's apply {} ms",
                    name,
                    millis,
                    (applied - began) / 1_000_000);
        }
        return millis;
    }

    private GenericKubernetesResource build(String name) {
        var json = """
                {"apiVersion": "trestle.dev/v1alpha1", "kind": "BackendBuild", "metadata": {"name": "%s", "namespace": "%s"},
                 "spec": {"source": {"git": {"url": "%s", "ref": "refs/heads/main"}}, "dockerfile": "Dockerfile",
                          "legs": [{"platform": "linux/amd64", "pool": "kwok-amd64"}],
                          "image": {"repositories": ["%s"], "tags": ["%s"]}}}
                """.formatted(
                        name, cluster.namespace(), cluster.source().git().url(), cluster.repository("honest"), name);
        return cluster.client().getKubernetesSerialization().unmarshal(json, GenericKubernetesResource.class);
    }

    @Override
    public void close() {
        watch.close();
    }
}
