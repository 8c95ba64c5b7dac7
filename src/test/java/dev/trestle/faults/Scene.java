package dev.trestle.faults;

import static org.awaitility.Awaitility.await;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildSpec;
import dev.trestle.api.BuildArg;
import dev.trestle.api.ImageTarget;
import dev.trestle.api.Leg;
import dev.trestle.core.Labels;
import dev.trestle.e2e.Builds;
import dev.trestle.e2e.Gate;
import dev.trestle.e2e.TestCluster;
import dev.trestle.e2e.TestRegistry;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** What one row of the matrix plays on: a namespace, a registry behind a {@link FaultProxy}, a gate, and a build named {@link #BUILD}. */
final class Scene implements AutoCloseable {
    static final String BUILD = "app";
    static final String TAG = "v1";
    static final Duration LIMIT = Duration.ofMinutes(2);

    private final TestCluster cluster;
    private final Gate gate;
    private final int port;
    private final FaultProxy registry;
    private final TestRegistry images = new TestRegistry();
    private final List<Leg> legs;
    private final Deque<Runnable> atEnd = new ArrayDeque<>();
    private @Nullable OwnOperator own;
    private final CountDownLatch mergeHeld = new CountDownLatch(1);
    private final CountDownLatch mergeMayGoOn = new CountDownLatch(1);

    private Scene(TestCluster cluster, List<Leg> legs) throws IOException, InterruptedException {
        this.cluster = cluster;
        this.legs = legs;
        gate = cluster.gate();
        port = Ports.take();
        var behind = cluster.repository("").split("/", 2)[0].split(":", 2);
        registry = new FaultProxy(
                new InetSocketAddress(behind[0], port), () -> new Socket(behind[0], Integer.parseInt(behind[1])));
    }

    static Scene open(List<Leg> legs) throws IOException, InterruptedException {
        return new Scene(TestCluster.open(), legs);
    }

    TestCluster cluster() {
        return cluster;
    }

    Gate gate() {
        return gate;
    }

    FaultProxy registry() {
        return registry;
    }

    TestRegistry images() {
        return images;
    }

    List<Leg> legs() {
        return legs;
    }

    /** Done when the row is over, the latest first. */
    void atEnd(Runnable closing) {
        atEnd.push(closing);
    }

    void own(OwnOperator operator) {
        own = operator;
    }

    /** The operator that runs in the test. */
    OwnOperator own() {
        return Objects.requireNonNull(own, "the row has no operator of its own");
    }

    /** Where the build pushes to. */
    String repository() {
        return "%s/%s/%s".formatted(registry.address(), cluster.namespace(), BUILD);
    }

    /** The same, past the proxy and its faults. */
    String repositoryItself() {
        return cluster.repository(BUILD);
    }

    BackendBuild build() {
        return cluster.build(BUILD);
    }

    /** Applies the build; {@code value} is what tells its image from others. */
    void apply(String value) {
        apply(value, "true");
    }

    /** @param command run by the leg once the gate is open */
    void apply(String value, String command) {
        cluster.apply(Builds.named(BUILD, spec(value, command, false)));
    }

    void suspend(boolean suspend) {
        cluster.apply(Builds.named(BUILD, spec("a", "true", suspend)));
    }

    private BackendBuildSpec spec(String value, String command, boolean suspend) {
        var args = List.of(
                cluster.nonce(),
                new BuildArg("VALUE", value),
                new BuildArg("COMMAND", command),
                new BuildArg("GATE", gate.address()));
        var target = new ImageTarget(List.of(repository()), List.of(TAG), null);
        return new BackendBuildSpec(
                cluster.source(),
                "Dockerfile.crossed",
                null,
                null,
                args,
                null,
                legs,
                target,
                null,
                null,
                null,
                suspend ? true : null);
    }

    /** The first request of a merge waits at the registry until {@link #goOn}. */
    void holdMerge() {
        registry.answer(request -> {
            if (request.isOfBuildKit()) {
                return new Answer.Pass();
            }
            mergeHeld.countDown();
            return new Answer.Held(mergeMayGoOn);
        });
    }

    void awaitMergeHeld() {
        await().atMost(LIMIT).until(() -> mergeHeld.getCount() == 0);
    }

    /** Lets go what was held. */
    void goOn() {
        gate.open();
        mergeMayGoOn.countDown();
    }

    /** The leg's pods that are there now. */
    List<Pod> legPods() {
        return cluster.client()
                .pods()
                .inNamespace(cluster.namespace())
                .withLabel(Labels.BUILD, BUILD)
                .list()
                .getItems();
    }

    Pod legPod() {
        return cluster.legPod(BUILD);
    }

    List<Pod> mergePods() {
        return cluster.client()
                .pods()
                .inNamespace(cluster.namespace())
                .withLabel(Labels.MERGE)
                .list()
                .getItems();
    }

    /** Returns when so many of the leg's pods have failed. */
    void awaitFailedLegs(int pods) {
        await().atMost(LIMIT)
                .until(() -> cluster.pods().labelled(Labels.BUILD, BUILD).stream()
                                .filter(pod -> ended(pod, false))
                                .count()
                        >= pods);
    }

    /** Returns when a container of these pods has ended, well or not. */
    static boolean ended(Pod pod, boolean well) {
        return pod.getStatus().getContainerStatuses().stream()
                .map(ContainerStatus::getState)
                .anyMatch(state -> state != null
                        && state.getTerminated() != null
                        && (state.getTerminated().getExitCode() == 0) == well);
    }

    @Override
    public void close() {
        goOn();
        while (!atEnd.isEmpty()) {
            atEnd.pop().run();
        }
        registry.passAll();
        gate.close();
        cluster.close();
        registry.close();
        Ports.giveBack(port);
    }
}
