package dev.trestle.bench;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The installed operator: stopped and started as a Deployment, looked at as a process of this machine. */
final class OperatorProcess {
    static final String NAMESPACE = "trestle-system";
    private static final String DEPLOYMENT = "trestle";
    private static final long LIMIT_SECONDS = 120;
    /** Linux counts a process's start in hundredths of a second since boot, whatever the kernel's own tick is. */
    private static final long NANOS_PER_TICK = Duration.ofMillis(10).toNanos();

    private final KubernetesClient client;

    OperatorProcess(KubernetesClient client) {
        this.client = client;
    }

    /** Returns when no pod of it is left. */
    void stop() {
        scale(0);
        awaitPods(List::isEmpty);
    }

    /** Returns at once. */
    void start() {
        scale(1);
    }

    /** Returns when it is ready. The Deployment's own count lags behind, so the pod is asked. */
    void awaitReady() {
        awaitPods(pods -> pods.stream().anyMatch(Readiness::isPodReady));
    }

    private void awaitPods(Predicate<List<Pod>> condition) {
        client.pods()
                .inNamespace(NAMESPACE)
                .withLabel("app.kubernetes.io/name", DEPLOYMENT)
                .informOnCondition(condition)
                .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private void scale(int replicas) {
        client.apps().deployments().inNamespace(NAMESPACE).withName(DEPLOYMENT).scale(replicas);
    }

    /** Resident memory, MiB. */
    double residentMiB() throws IOException {
        var line = Files.readAllLines(process().resolve("status")).stream()
                .filter(status -> status.startsWith("VmRSS:"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
    }

    /** When the process was started, on the clock of {@link System#nanoTime}, to 10 ms. */
    long startedAt() throws IOException {
        var stat = Files.readString(process().resolve("stat"));
        // the name in parentheses may have spaces; the start is the 22nd field, the 20th behind it
        var started = Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[19]);
        var uptime =
                Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ", -1)[0]);
        return System.nanoTime() - ((long) (uptime * 1e9) - started * NANOS_PER_TICK);
    }

    private Path process() throws IOException {
        var container = containerId();
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (var process : processes) {
                if (cgroupOf(process).contains(container)) {
                    return process;
                }
            }
        }
        throw new IllegalStateException(
                "No process of this machine is in the operator's container '%s'. The benchmark needs the local cluster; unset KUBECONFIG and run: make bench"
                        .formatted(container));
    }

    private static String cgroupOf(Path process) {
        try {
            return Files.readString(process.resolve("cgroup"));
        } catch (IOException e) {
            return ""; // it has ended meanwhile
        }
    }

    private String containerId() {
        return client
                .pods()
                .inNamespace(NAMESPACE)
                .withLabel("app.kubernetes.io/name", DEPLOYMENT)
                .list()
                .getItems()
                .stream()
                .map(OperatorProcess::containerOf)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException("The operator does not run. See: kubectl get pods -n " + NAMESPACE));
    }

    private static Optional<String> containerOf(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream()
                .filter(status -> status.getState().getRunning() != null)
                .map(status -> Objects.requireNonNull(status.getContainerID()).replaceFirst("^containerd://", ""))
                .findFirst();
    }
}
