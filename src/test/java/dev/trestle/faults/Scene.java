package dev.trestle.faults;

import static org.awaitility.Awaitility.await;

import dev.trestle.api.Leg;
import dev.trestle.e2e.Gate;
import dev.trestle.e2e.TestCluster;
import dev.trestle.e2e.TestRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** What one row of the matrix plays on: a namespace, a registry behind a {@link FaultProxy}, a gate, and a build named {@link Subject#NAME}. */
final class Scene implements AutoCloseable {
    static final Duration LIMIT = Duration.ofMinutes(2);

    private final TestCluster cluster;
    private final Gate gate;
    private final int port;
    private final FaultProxy registry;
    private final TestRegistry images = new TestRegistry();
    private final Subject app;
    private final Deque<Runnable> atEnd = new ArrayDeque<>();
    private @Nullable OwnOperator own;
    private final CountDownLatch mergeHeld = new CountDownLatch(1);
    private final CountDownLatch mergeMayGoOn = new CountDownLatch(1);

    private Scene(TestCluster cluster, List<Leg> legs, List<String> images) throws IOException, InterruptedException {
        this.cluster = cluster;
        gate = cluster.gate();
        port = Ports.take();
        registry = CrossedBuilds.proxy(cluster, port);
        app = new Subject(cluster, new CrossedBuilds(cluster, gate, registry), legs, images);
    }

    static Scene open(List<Leg> legs, List<String> images) throws IOException, InterruptedException {
        return new Scene(TestCluster.open(), legs, images);
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

    /** The build. */
    Subject app() {
        return app;
    }

    List<Leg> legs() {
        return app.legs();
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
