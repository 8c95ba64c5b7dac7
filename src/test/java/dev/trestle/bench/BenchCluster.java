package dev.trestle.bench;

import dev.trestle.api.BackendBuild;
import dev.trestle.bench.Sightings.Sight;
import dev.trestle.core.config.Configuration;
import dev.trestle.runtime.ConfigurationFile;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** The one client of the benchmark: what it creates, what its watches see, what the API server has counted. */
final class BenchCluster implements AutoCloseable {
    /** Longer than anything takes on a machine that is busy with other things. */
    private static final Duration LIMIT = Duration.ofMinutes(2);
    /** Until the last writes after a run are made and counted. */
    private static final Duration SETTLE = Duration.ofSeconds(3);
    /** The API server limits the streams of one HTTP/2 connection, and refused ones are tried again late. */
    private static final int REQUESTS_AT_ONCE = 32;

    private static final String NAMESPACE = "trestle-bench";

    private final KubernetesClient client = new KubernetesClientBuilder().build();
    private final Sightings sightings = new Sightings(client, NAMESPACE);
    private final BarePods bare;

    BenchCluster() throws ConfigurationFile.Invalid {
        bare = new BarePods(installedConfiguration());
    }

    private Configuration installedConfiguration() throws ConfigurationFile.Invalid {
        var map = client.configMaps()
                .inNamespace(OperatorProcess.NAMESPACE)
                .withName("trestle-config")
                .require();
        return ConfigurationFile.parse(map.getData().getOrDefault("config.yaml", ""));
    }

    Sightings sightings() {
        return sightings;
    }

    OperatorProcess operator() {
        return new OperatorProcess(client);
    }

    /** Makes every pod on a pretended node that is started from now on take so long. */
    static void podsTake(int seconds) throws IOException, InterruptedException {
        var kwok = new ProcessBuilder("hack/cluster/cluster", "kwok", "20").inheritIO();
        kwok.environment().put("TRESTLE_FAKE_SECONDS", String.valueOf(seconds));
        if (kwok.start().waitFor() != 0) {
            throw new IllegalStateException("'hack/cluster/cluster kwok 20' failed; it has said why");
        }
    }

    void create(HasMetadata wanted) {
        wanted.getMetadata().setNamespace(NAMESPACE);
        client.resource(wanted).create();
        if (wanted instanceof BackendBuild) {
            sightings.saw(Sight.BUILD, wanted.getMetadata().getName(), System.nanoTime());
        }
    }

    void createAll(List<? extends HasMetadata> wanted) throws Exception {
        var slots = new Semaphore(REQUESTS_AT_ONCE);
        var running = new ArrayList<Future<?>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var each : wanted) {
                slots.acquire();
                running.add(threads.submit(() -> {
                    try {
                        create(each);
                    } finally {
                        slots.release();
                    }
                }));
            }
        }
        for (var each : running) {
            each.get();
        }
    }

    /** The pods that the operator would make for the legs of {@code build}, not yet created. */
    List<Pod> barePodsFor(BackendBuild build, String prefix) {
        return bare.of(build, prefix);
    }

    void deleteBarePods() {
        var selector = "%21app.kubernetes.io%2Fmanaged-by"; // !app.kubernetes.io/managed-by
        client.raw(
                "/api/v1/namespaces/%s/pods?gracePeriodSeconds=0&labelSelector=%s".formatted(NAMESPACE, selector),
                "DELETE",
                null);
    }

    void await(Sight sight, Collection<String> names) throws Exception {
        sightings.await(sight, names, LIMIT);
    }

    static void settle() throws InterruptedException {
        Thread.sleep(SETTLE);
    }

    /** What has been written so far: a reading for {@link #writesSince}. */
    Reading reading() {
        return new Reading(ApiWrites.now(client, NAMESPACE), sightings.count(Sight.MERGE_POD));
    }

    /** A moment in the API server's counting. */
    record Reading(ApiWrites writes, int mergePods) {}

    /** The operator's writes alone: without what this client made, and without the merges' pods, which the Job controller made. */
    ApiWrites writesSince(Reading before, int ownBuilds, int ownPods) {
        var now = reading();
        return now.writes()
                .since(
                        before.writes(),
                        Map.of(
                                "POST backendbuilds",
                                ownBuilds,
                                "POST pods",
                                ownPods + now.mergePods() - before.mergePods()));
    }

    @Override
    public void close() {
        sightings.close();
        client.close();
    }
}
