package dev.trestle.faults;

import static org.awaitility.Awaitility.await;

import dev.trestle.core.Labels;
import dev.trestle.e2e.TestCluster;
import dev.trestle.faults.SoakPlan.Deed;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Random faults over many builds, run by {@code hack/soak}: {@code -Dsoak.minutes}, {@code -Dsoak.builds}, {@code -Dsoak.seed}. In the end
 * every tag holds what was asked for last, and nothing is left over.
 */
class Soak {
    private static final Logger LOG = LoggerFactory.getLogger(Soak.class);
    private static final Duration PAUSE = Duration.ofMillis(1500);
    private static final Duration SETTLING = Duration.ofMinutes(20);
    private static final Duration TROUBLE = Duration.ofSeconds(4);

    private final long minutes = Long.getLong("soak.minutes", 30);
    private final int count = Integer.getInteger("soak.builds", 60);
    private final long seed = Long.getLong("soak.seed", System.nanoTime());
    private final SoakPlan plan = new SoakPlan(seed);
    private final EnumMap<Deed, Integer> done = new EnumMap<>(Deed.class);

    @Test
    void everyTagIsRightInTheEnd() throws Exception {
        LOG.info("seed {}, {} builds, {} minutes", seed, count, minutes);
        var port = Ports.take();
        try (var cluster = TestCluster.open();
                var gate = cluster.gate();
                var registry = CrossedBuilds.proxy(cluster, port)) {
            gate.open();
            var builds = new SoakBuilds(cluster, registry, gate, count);
            for (var build = 0; build < count; build++) {
                builds.change(build);
            }
            var end = Instant.now().plus(Duration.ofMinutes(minutes));
            while (Instant.now().isBefore(end)) {
                Thread.sleep(PAUSE);
                next(cluster, registry, builds);
            }
            LOG.info("seed {}: done {}, asked for {}", seed, done, builds);
            settle(registry, builds);
            builds.assertTagsAreRight();
            Leaks.assertNone(cluster, 2 * count);
        } finally {
            Ports.giveBack(port);
        }
    }

    private void next(TestCluster cluster, FaultProxy registry, SoakBuilds builds) throws Exception {
        var deed = plan.next();
        var build = plan.pick(builds.count());
        var pick = plan.pick(1000);
        LOG.info("{} {}", deed, build);
        done.merge(deed, 1, Integer::sum);
        switch (deed) {
            case ChangeBuild -> builds.change(build);
            case DeleteLegPod -> deletePod(cluster, Labels.BUILD, pick);
            case DeleteMergePod -> deletePod(cluster, Labels.MERGE, pick);
            case CancelBuild -> builds.ask(build, Labels.CANCEL);
            case SuspendBuild -> builds.suspend(build);
            case ResumeBuilds -> builds.resumeAll();
            case EmptyStatus -> builds.emptyStatus(build);
            case RegistryUnavailable -> trouble(registry, new Answer.Refused(503));
            case RegistryCut -> trouble(registry, new Answer.Cut());
            case RegistryBusy -> trouble(registry, new Answer.Refused(429, "Retry-After: 1\r\n", ""));
            case KillOperator -> OperatorFaults.kill(cluster);
            case KillKubelet -> MachineFaults.restart("kubelet");
            case KillContainerd -> MachineFaults.restart("containerd");
            case KillApiServer -> MachineFaults.restart("apiserver");
        }
    }

    private static void trouble(FaultProxy registry, Answer answer) throws InterruptedException {
        registry.answer(_ -> answer);
        registry.cutAll();
        Thread.sleep(TROUBLE);
        registry.passAll();
    }

    /** One of those that have not ended, if there is one. */
    private static void deletePod(TestCluster cluster, String label, int pick) {
        var running =
                cluster.client().pods().inNamespace(cluster.namespace()).withLabel(label).list().getItems().stream()
                        .filter(pod -> !hasEnded(pod))
                        .toList();
        if (!running.isEmpty()) {
            cluster.client()
                    .resource(running.get(pick % running.size()))
                    .withGracePeriod(0)
                    .delete();
        }
    }

    private static boolean hasEnded(Pod pod) {
        return pod.getStatus().getPhase().equals("Succeeded")
                || pod.getStatus().getPhase().equals("Failed");
    }

    /** What failed for good under so many faults is asked for again, as people would. */
    private void settle(FaultProxy registry, SoakBuilds builds) {
        registry.passAll();
        builds.resumeAll();
        await().atMost(SETTLING)
                .pollInterval(Duration.ofSeconds(5))
                .ignoreException(KubernetesClientException.class)
                .until(() -> {
                    builds.retryThoseThatFailed();
                    var unsettled = builds.unsettled();
                    LOG.info("not settled: {}", unsettled);
                    return unsettled.isEmpty();
                });
    }
}
