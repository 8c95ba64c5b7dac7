package dev.trestle.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildStatus;
import dev.trestle.api.BackendBuildStatusBuilder;
import dev.trestle.api.HandledRequests;
import dev.trestle.api.OnLegFailure;
import dev.trestle.core.Labels;
import dev.trestle.core.SpecBuilder;
import dev.trestle.simulation.FakeCluster.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What people and accidents do to a build, seed by seed: it is cancelled, retried, rebuilt, suspended, edited, and deleted and created
 * again; its status is lost, in part or whole; what pods say is garbage; a merge's Job is left alone; the operator dies, and its clock is off.
 */
final class InterventionsSimulationTest {
    private static final int SEEDS = 400;

    @Test
    void whatIsCancelledStaysSoAndInTheEndAllIsPublished() {
        Seeds.of(SEEDS).forEach(seed -> new Run(seed).check());
    }

    private static final class Run {
        private static final String NAME = "one";
        private static final String URL = "https://git.example/one.git";

        private final int seed;
        private final Random chance;
        private final FakeCluster cluster;
        private final FakeOperator operator;
        private final OnLegFailure onLegFailure;
        private int asked;
        private int commits;
        private int argument;
        private boolean suspended;
        /** The request that nothing has come after. */
        private @Nullable String cancel;

        Run(int seed) {
            this.seed = seed;
            this.chance = new Random(seed);
            this.cluster = new FakeCluster(true, chance.nextBoolean());
            this.onLegFailure = chance.nextBoolean() ? OnLegFailure.PublishPartial : OnLegFailure.KeepPrevious;
            commit();
            apply();
            this.operator = new FakeOperator(cluster, FakeOperator.poolOf("linux/amd64", "linux/arm64"), true);
        }

        void check() {
            try {
                for (var i = 0; i < 120; i++) {
                    var merges = cluster.mergesCreated();
                    step();
                    checkCancelled(merges);
                }
                settle();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        "seed %d: %s%n%s".formatted(seed, e.getMessage(), String.join("\n", cluster.story)), e);
            }
        }

        private void step() {
            cluster.wait(1 + chance.nextInt(20));
            switch (chance.nextInt(20)) {
                case 0, 1, 2, 3, 4 -> pass();
                case 5, 6 -> operator.sync(chance.nextInt(5));
                case 7, 8 -> operator.syncAll();
                case 9, 10, 11 -> kubelets();
                case 12 -> mergesRun();
                case 13 -> somebodyAsks();
                case 14 -> suspend(!suspended);
                case 15 -> theStatusIsLost();
                case 16 -> aPodSaysGarbage();
                case 17 -> operator.setClockAhead(Duration.ofSeconds(chance.nextInt(7200) - 3600));
                case 18 -> somebodyEdits();
                default -> {
                    if (chance.nextInt(3) == 0) {
                        cancel = null;
                        cluster.recreate(NAME);
                    }
                }
            }
        }

        private void pass() {
            try {
                operator.passOverAll(chance.nextInt(4) == 0 ? chance.nextInt(5) : 1_000);
            } catch (FakeOperator.Killed _) {
                operator.restart();
            }
        }

        private void kubelets() {
            for (var pod : List.copyOf(cluster.pods.values())) {
                if (pod.getMetadata().getDeletionTimestamp() != null) {
                    cluster.remove(pod.getMetadata().getName());
                } else if (chance.nextInt(3) > 0) {
                    cluster.advance(pod);
                }
            }
        }

        private void mergesRun() {
            for (var job : List.copyOf(cluster.jobs.values())) {
                if (job.getStatus() == null && chance.nextInt(8) == 0) {
                    cluster.leaveAlone(job);
                } else {
                    cluster.run(job, chance.nextInt(4) > 0);
                }
            }
        }

        private void somebodyAsks() {
            var token = String.valueOf(++asked);
            switch (chance.nextInt(5)) {
                case 0, 1 -> {
                    cancel = isCommitWaiting() ? null : token;
                    cluster.annotate(NAME, Labels.CANCEL, token);
                }
                case 2, 3 -> {
                    cancel = null;
                    cluster.annotate(NAME, Labels.RETRY, token);
                }
                default -> {
                    cancel = null;
                    cluster.annotate(NAME, Labels.REBUILD, token);
                }
            }
        }

        /** It is built after the run that is given up. */
        private boolean isCommitWaiting() {
            return Optional.ofNullable(build().getStatus())
                    .map(BackendBuildStatus::run)
                    .filter(run -> !run.revision().equals(OneBuild.commit(commits)))
                    .isPresent();
        }

        private void suspend(boolean suspend) {
            cancel = null;
            suspended = suspend;
            apply();
        }

        private void somebodyEdits() {
            cancel = null;
            if (chance.nextBoolean()) {
                commit();
            } else {
                argument++;
                apply();
            }
        }

        /** Wholly, or all but the legs: by another hand, or a restore of the cluster. */
        private void theStatusIsLost() {
            cancel = null;
            var status = build().getStatus();
            if (status == null || chance.nextBoolean()) {
                cluster.tell("the status is lost");
                cluster.setStatus(NAME, (BackendBuildStatus) null);
            } else {
                cluster.tell("half of the status is lost");
                cluster.setStatus(
                        NAME,
                        BackendBuildStatusBuilder.builder()
                                .observedGeneration(status.observedGeneration())
                                .legs(status.legs())
                                .requests(status.requests())
                                .build());
            }
        }

        private void aPodSaysGarbage() {
            cluster.pods.values().stream()
                    .filter(pod -> Phase.of(pod) == Phase.Building)
                    .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                    .findFirst()
                    .ifPresent(pod -> cluster.end(
                            pod,
                            chance.nextBoolean() ? 0 : 2,
                            List.of("", "garbage", "{\"digest\":\"sha256:1", "{\"failure\":{\"reason\":\"Cosmic\"}}")
                                    .get(chance.nextInt(4))));
        }

        /** What the operator has heard of is given up: no merge begins before something else is asked for. */
        private void checkCancelled(int mergesBefore) {
            var handled = Optional.ofNullable(build().getStatus())
                    .map(BackendBuildStatus::requests)
                    .map(HandledRequests::cancel);
            if (cancel != null && handled.filter(cancel::equals).isPresent() && !suspended) {
                assertThat(cluster.mergesCreated()).as("merges after a cancel").isEqualTo(mergesBefore);
            }
        }

        /** No more accidents; somebody asks once for what has failed. */
        private void settle() {
            operator.setClockAhead(Duration.ZERO);
            suspend(false);
            comeToRest();
            cluster.annotate(NAME, Labels.RETRY, "at last");
            comeToRest();
            var status = Objects.requireNonNull(build().getStatus());
            assertThat(FakeOperator.holds(status, "Ready") && FakeOperator.holds(status, "UpToDate"))
                    .as("published: %s", status)
                    .isTrue();
            assertThat(Objects.requireNonNull(cluster.registry.index("registry.example/shop:one"))
                            .digest())
                    .isEqualTo(Objects.requireNonNull(status.image()).digest());
        }

        private void comeToRest() {
            var quiet = 0;
            for (var round = 0; round < 100 && quiet < 5; round++) {
                var told = cluster.story.size();
                operator.syncAll();
                operator.passOverAll(1_000);
                cluster.wait(1_000);
                cluster.goOn();
                quiet = told == cluster.story.size() ? quiet + 1 : 0;
            }
            assertThat(quiet).as("it comes to rest").isEqualTo(5);
        }

        private BackendBuild build() {
            return Objects.requireNonNull(cluster.builds.get(NAME));
        }

        private void commit() {
            cluster.tell("commit " + ++commits);
            cluster.git.push(URL, OneBuild.commit(commits));
        }

        private void apply() {
            var spec = SpecBuilder.aSpec()
                    .following(URL, "refs/heads/main")
                    .legs("linux/amd64", "linux/arm64")
                    .repositories("registry.example/shop")
                    .tags(NAME)
                    .onLegFailure(onLegFailure)
                    .arg("NUMBER", String.valueOf(argument));
            cluster.apply(NAME, (suspended ? spec.suspended() : spec).build());
        }
    }
}
