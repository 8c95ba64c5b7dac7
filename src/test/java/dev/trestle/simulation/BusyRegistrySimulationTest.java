package dev.trestle.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.api.BackendBuildStatus;
import dev.trestle.api.LegStatus;
import dev.trestle.api.Reason;
import dev.trestle.core.SpecBuilder;
import dev.trestle.simulation.FakeCluster.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Many builds of one registry, which answers 429 for a while, and of an operator that is started anew meanwhile, seed by seed. */
final class BusyRegistrySimulationTest {
    private static final int SEEDS = 8;
    private static final int BUILDS = 10;
    private static final int STEP = 10;
    private static final String BUSY = "busy.example";

    @Test
    void nothingIsLostAndFewKnockInVain() {
        Seeds.of(SEEDS).forEach(seed -> {
            var run = new Run(seed);
            run.beginToBuild();
            var minutes = 5 + run.chance.nextInt(40);
            var underWay = run.underWay();
            run.cluster.registry.limit(BUSY, true);
            run.pass(minutes);
            assertThat(run.cluster.registry.refused)
                    .as("seed %d: legs and merges that asked in vain in %d minutes", seed, minutes)
                    .isBetween(1, underWay + 3 * pausesIn(minutes));
            run.cluster.registry.limit(BUSY, false);
            run.passUntilAllIsPublished(90);
        });
    }

    @Test
    void otherRegistriesAreNotWaitedFor() {
        var run = new Run(1);
        run.cluster.registry.limit(BUSY, true);
        run.pass(30);

        assertThat(run.ready("other")).isTrue();
        assertThat(run.statuses())
                .filteredOn(status -> !FakeOperator.holds(status, "Ready"))
                .hasSize(BUILDS)
                .allSatisfy(status ->
                        assertThat(status.legs()).extracting(LegStatus::failure).containsOnlyNulls())
                .filteredOn(status -> status.conditions().stream()
                        .anyMatch(condition -> condition.reason() == Reason.WaitingForRegistry
                                && condition.message().startsWith("Registry '%s' answers 429 since".formatted(BUSY))))
                .hasSizeGreaterThan(BUILDS - 3);
    }

    /** 30 s, 1, 2, 4, 8 minutes, and then each quarter of an hour, without the jitter. */
    private static int pausesIn(int minutes) {
        return minutes < 16 ? 6 : 6 + minutes / 15;
    }

    private static final class Run {
        private final Random chance;
        private final FakeCluster cluster = new FakeCluster(true, false);
        private final FakeOperator operator;

        Run(int seed) {
            chance = new Random(seed);
            for (var i = 0; i < BUILDS; i++) {
                apply("build-" + i, BUSY, "linux/amd64", "linux/arm64");
            }
            apply("other", "other.example", "linux/amd64");
            operator = new FakeOperator(cluster, FakeOperator.poolOf("linux/amd64", "linux/arm64"), true);
        }

        private void apply(String name, String registry, String... platforms) {
            var url = "https://git.example/" + name + ".git";
            cluster.git.push(url, OneBuild.commit(1));
            cluster.apply(
                    name,
                    SpecBuilder.aSpec()
                            .following(url, "refs/heads/main")
                            .legs(platforms)
                            .repositories(registry + "/shop")
                            .tags(name)
                            .build());
        }

        /** Some have ended, some are being merged, some are at work and some have not begun. */
        void beginToBuild() {
            for (var i = 1 + chance.nextInt(5); i > 0; i--) {
                step();
            }
        }

        /** What has been started and not ended. */
        int underWay() {
            var legs = cluster.pods.values().stream()
                    .filter(pod -> !Phase.of(pod).isOver())
                    .count();
            var merges = cluster.jobs.values().stream()
                    .filter(job -> job.getStatus() == null)
                    .count();
            return (int) (legs + merges) + 2 * BUILDS - cluster.pods.size();
        }

        void pass(int minutes) {
            for (var i = 0; i < minutes * 60 / STEP; i++) {
                step();
            }
        }

        private void step() {
            cluster.wait(STEP);
            operator.syncAll();
            if (chance.nextInt(60) == 0) {
                operator.restart();
            }
            operator.passOverAll(10_000);
            for (var pod : List.copyOf(cluster.pods.values())) {
                if (chance.nextInt(3) > 0) {
                    cluster.advance(pod);
                }
            }
            for (var job : List.copyOf(cluster.jobs.values())) {
                if (chance.nextInt(3) > 0) {
                    cluster.run(job, true);
                }
            }
        }

        boolean ready(String build) {
            return FakeOperator.holds(
                    Objects.requireNonNull(
                            Objects.requireNonNull(cluster.builds.get(build)).getStatus()),
                    "Ready");
        }

        List<BackendBuildStatus> statuses() {
            var statuses = new ArrayList<BackendBuildStatus>();
            cluster.builds.values().forEach(build -> statuses.add(Objects.requireNonNull(build.getStatus())));
            return statuses;
        }

        void passUntilAllIsPublished(int minutes) {
            for (var i = 0; i < minutes && !cluster.builds.keySet().stream().allMatch(this::ready); i++) {
                pass(1);
            }
            cluster.builds
                    .keySet()
                    .forEach(build -> assertThat(ready(build))
                            .as("'%s' is published:%n%s", build, String.join("\n", cluster.story))
                            .isTrue());
        }
    }
}
