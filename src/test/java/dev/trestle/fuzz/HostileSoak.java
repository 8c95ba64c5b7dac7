package dev.trestle.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.e2e.TestCluster;
import io.fabric8.kubernetes.api.model.Pod;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code make soak-hostile}: several tenants who mean harm, for {@code -Dhostile.minutes} from {@code -Dhostile.seed}, beside builds of
 * one who means none. Pods run on pretended nodes, so what is loaded is the operator. It must not be restarted, and no honest build may
 * wait for its pod more than a second longer than in the quiet minutes at the beginning of the same run.
 */
class HostileSoak {
    private static final Logger LOG = LoggerFactory.getLogger(HostileSoak.class);
    private static final Duration MOST_DELAY = Duration.ofSeconds(1);
    private static final Duration BETWEEN_BUILDS = Duration.ofSeconds(1);
    private static final Duration BETWEEN_ATTACKS = Duration.ofMillis(400);
    private static final int TENANTS = 3;
    /** One of the ports that hack/install names as a registry without TLS. */
    private static final int PORT = 5058;

    private final int minutes = Integer.getInteger("hostile.minutes", 60);
    private final long seed = Long.getLong("hostile.seed", System.currentTimeMillis());
    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    void noTenantStopsTheOperatorOrDelaysAnother(@TempDir Path repositories) throws Exception {
        LOG.info("seed {}, {} minutes", seed, minutes);
        var open = new ArrayList<TestCluster>();
        try {
            for (var i = 0; i <= TENANTS; i++) {
                open.add(TestCluster.open());
            }
            soak(open.getFirst(), open.subList(1, open.size()), new HostileGit(repositories));
        } finally {
            open.forEach(TestCluster::close);
        }
    }

    private void soak(TestCluster honest, List<TestCluster> hostile, HostileGit git) throws Exception {
        var host = honest.repository("").split(":", 2)[0];
        git.publishRefs("refs", 2_000);
        var operator = operator(honest);
        try (var _ = new HostileServer(host, PORT, git);
                var builds = new HonestBuilds(honest);
                var threads = Executors.newFixedThreadPool(TENANTS)) {
            builds.during(Duration.ofSeconds(10), BETWEEN_BUILDS); // the first ones load classes
            var quiet = builds.during(share(5), BETWEEN_BUILDS);
            LOG.info("seed {}, quiet: {}", seed, quiet);
            var tenants = new ArrayList<HostileTenant>();
            for (var i = 0; i < hostile.size(); i++) {
                tenants.add(new HostileTenant(
                        hostile.get(i),
                        Corpus.read(),
                        new Chance(seed + i),
                        git,
                        host + ":" + PORT,
                        new InetSocketAddress(operator.getStatus().getPodIP(), 8081)));
            }
            var attacks = tenants.stream()
                    .map(tenant -> threads.submit(() -> strike(tenant)))
                    .toList();
            var attacked = builds.during(Duration.ofMinutes(minutes).minus(share(5)), BETWEEN_BUILDS);
            over.set(true);
            for (Future<?> attack : attacks) {
                attack.get();
            }
            tenants.forEach(tenant -> LOG.info("{}", tenant));
            LOG.info("seed {}, attacked: {}", seed, attacked);
            assertUnharmed(honest, operator);
            assertThat(attacked.percentile(100) - quiet.percentile(50))
                    .as(
                            "seed %d: milliseconds of the longest honest build over the quiet median; quiet %s; attacked %s",
                            seed, quiet, attacked)
                    .isLessThan(MOST_DELAY.toMillis());
        }
    }

    private Duration share(int parts) {
        return Duration.ofMinutes(minutes).dividedBy(parts).compareTo(Duration.ofMinutes(3)) < 0
                ? Duration.ofMinutes(minutes).dividedBy(parts)
                : Duration.ofMinutes(3);
    }

    private void strike(HostileTenant tenant) {
        while (!over.get()) {
            tenant.strike();
            try {
                Thread.sleep(BETWEEN_ATTACKS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static Pod operator(TestCluster cluster) {
        return cluster
                .client()
                .pods()
                .inNamespace("trestle-system")
                .withLabel("app.kubernetes.io/name", "trestle")
                .list()
                .getItems()
                .stream()
                .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
                .findFirst()
                .orElseThrow();
    }

    private void assertUnharmed(TestCluster cluster, Pod before) {
        var now = operator(cluster);
        assertThat(now.getMetadata().getUid())
                .as("seed %d: the operator's pod", seed)
                .isEqualTo(before.getMetadata().getUid());
        assertThat(now.getStatus().getContainerStatuses())
                .as("seed %d: restarts of the operator", seed)
                .allMatch(status -> status.getRestartCount()
                        .equals(before.getStatus()
                                .getContainerStatuses()
                                .getFirst()
                                .getRestartCount()));
    }
}
