package dev.trestle.e2e;

import static dev.trestle.e2e.TestCluster.LIMIT;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.util.List;

/** The operator under test, as the chart installed it. */
public record InstalledOperator(KubernetesClient client) {
    private static final String NAME = "trestle";
    private static final String NAMESPACE = "trestle-system";
    private static final int PORT = 8080;

    /** Where its metrics are, as host and port. */
    public String metrics() {
        return pod().getStatus().getPodIP() + ":" + PORT;
    }

    /** Its only pod. */
    public Pod pod() {
        return pods().getFirst();
    }

    /** Returns when its process is gone. */
    public void stop() {
        client.apps().deployments().inNamespace(NAMESPACE).withName(NAME).scale(0);
        await().atMost(LIMIT).until(() -> pods().isEmpty());
    }

    /** Returns when it is ready. */
    public void start() {
        client.apps().deployments().inNamespace(NAMESPACE).withName(NAME).scale(1);
        awaitReady();
    }

    /** Leaves it no time to finish anything; returns when its successor is ready, which is started at once. */
    public void kill() {
        var killed = pods();
        killed.forEach(pod -> client.resource(pod).withGracePeriod(0).delete());
        await().atMost(LIMIT)
                .until(() ->
                        pods().stream().noneMatch(pod -> killed.stream().anyMatch(old -> uid(old).equals(uid(pod)))));
        awaitReady();
    }

    private void awaitReady() {
        await().atMost(LIMIT).until(() -> pods().size() == 1 && Readiness.isPodReady(pods().getFirst()));
    }

    private List<Pod> pods() {
        var deployment = client.apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withName(NAME)
                .require();
        return client.pods()
                .inNamespace(NAMESPACE)
                .withLabelSelector(deployment.getSpec().getSelector())
                .list()
                .getItems();
    }

    private static String uid(Pod pod) {
        return pod.getMetadata().getUid();
    }
}
