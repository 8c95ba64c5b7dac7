package dev.trestle.e2e;

import static dev.trestle.e2e.TestCluster.LIMIT;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** The operator under test, as the chart installed it. */
public record InstalledOperator(KubernetesClient client) {
    private static final String NAME = "trestle";
    private static final String NAMESPACE = "trestle-system";
    private static final String FORCE = "--force-conflicts"; // with what a test has scaled
    private static final String WAIT = "--wait";
    private static final int PORT = 8080;
    private static final int WEBHOOKS = 8081;

    /** Where its metrics are, as host and port. */
    public String metrics() {
        return pod().getStatus().getPodIP() + ":" + PORT;
    }

    /** Its only pod. */
    public Pod pod() {
        return pods().getFirst();
    }

    /** Where it listens for webhooks, as host and port. */
    public String webhooks() {
        return pods().getFirst().getStatus().getPodIP() + ":" + WEBHOOKS;
    }

    /** Puts a Secret beside it, which {@link #upgrade} may name. */
    public void add(Secret secret) {
        client.resource(secret).inNamespace(NAMESPACE).create();
    }

    public void remove(Secret secret) {
        client.resource(secret).inNamespace(NAMESPACE).delete();
    }

    /**
     * As {@code helm upgrade --reuse-values --set}; returns when it is ready with that.
     *
     * @param values such as {@code config.git.pollSeconds=60}
     */
    public void upgrade(String... values) throws IOException, InterruptedException {
        helm("upgrade", NAME, "charts/trestle", "--reuse-values", "--set", String.join(",", values), FORCE, WAIT);
        awaitReady();
    }

    /** The revision of how it is installed now. */
    public String revision() throws IOException, InterruptedException {
        return new ObjectMapper()
                .readTree(helm("status", NAME, "--output", "json"))
                .path("version")
                .asText();
    }

    /** To a {@link #revision} of before; returns when it is ready. */
    public void rollBack(String revision) throws IOException, InterruptedException {
        helm("rollback", NAME, revision, FORCE, WAIT);
        awaitReady();
    }

    private static String helm(String... words) throws IOException, InterruptedException {
        var helm = Command.run(Stream.concat(Stream.of("helm", "--namespace", NAMESPACE), Stream.of(words))
                .toArray(String[]::new));
        if (helm.exitCode() != 0) {
            throw new IOException("'helm %s' failed: %s".formatted(words[0], helm.output()));
        }
        return helm.output();
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
