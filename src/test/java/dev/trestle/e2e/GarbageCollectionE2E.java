package dev.trestle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.api.Leg;
import dev.trestle.api.LegBuilder;
import dev.trestle.cluster.OwnsCluster;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Why legs have anchors (invariant 3): the registry collects its garbage again and again while one leg is done and the other one still
 * builds. The second test is the control of the first, and shows that what is lost is built again.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@OwnsCluster
class GarbageCollectionE2E {
    private static final String DONE = "linux/amd64";
    private static final String SLOW = "linux/arm64";
    private static final int ROUNDS = 3;

    private final TestCluster cluster;
    private final TestRegistry registry = new TestRegistry();
    private final Expect expect;
    private final Gate opened;

    GarbageCollectionE2E() throws IOException, InterruptedException {
        cluster = TestCluster.open();
        expect = new Expect(cluster, registry);
        opened = cluster.gate();
        opened.open();
    }

    @AfterAll
    void close() {
        opened.close();
        cluster.close();
    }

    @Test
    void aLegThatIsDoneOutlivesTheCollector() throws Exception {
        try (var gate = cluster.gate()) {
            startAndAwaitFirstLeg("anchored", gate);
            collect();
            gate.open();
        }
        expect.ready("anchored");

        assertThat(expect.platforms("anchored", "v1")).containsExactlyInAnyOrder(DONE, SLOW);
        assertThat(expect.podsOf("anchored", "linux-amd64")).isEqualTo(1);
    }

    @Test
    void withoutItsAnchorItIsLostAndBuiltAgain() throws Exception {
        try (var gate = cluster.gate()) {
            startAndAwaitFirstLeg("unanchored", gate);
            var repository = cluster.repository("unanchored");
            var digest = registry.digest(repository, "unanchored-linux-amd64").orElseThrow();
            registry.untag(repository, "unanchored-linux-amd64");
            collect();
            assertThat(registry.find(repository, digest)).isEmpty();
            gate.open();
        }
        expect.ready("unanchored");

        assertThat(expect.platforms("unanchored", "v1")).containsExactlyInAnyOrder(DONE, SLOW);
        assertThat(expect.podsOf("unanchored", "linux-amd64")).isEqualTo(2);
        assertThat(expect.podsOf("unanchored", "linux-arm64")).isEqualTo(1);
    }

    private static void collect() throws Exception {
        for (var round = 0; round < ROUNDS; round++) {
            LocalCluster.collectGarbage();
        }
    }

    /** Returns when one leg is pushed and the other one waits at the gate. */
    private void startAndAwaitFirstLeg(String name, Gate gate) {
        var args = Builds.crossedArgs(
                cluster,
                opened,
                name,
                "test $TARGETPLATFORM = %s || read -r < /dev/tcp/%s".formatted(DONE, gate.address()));
        var legs = List.of(
                Leg.on(DONE),
                LegBuilder.builder().platform(SLOW).buildPlatform(DONE).build());
        cluster.apply(Builds.named(
                name, Builds.onLegs(cluster.source(), "Dockerfile.crossed", args, legs, cluster.image("v1", name))));
        gate.awaitArrivals(1);
        cluster.await(
                name,
                found -> found.getStatus().legs().stream()
                        .anyMatch(leg -> leg.platform().equals(DONE) && leg.built() != null));
    }
}
