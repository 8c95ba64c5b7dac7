package dev.trestle.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildSpec;
import dev.trestle.api.BackendBuildSpecBuilder;
import dev.trestle.api.BackendBuildStatus;
import dev.trestle.api.BaseImage;
import dev.trestle.api.BaseImageSpecBuilder;
import dev.trestle.api.BaseRef;
import dev.trestle.api.BaseUse;
import dev.trestle.api.BuildArg;
import dev.trestle.api.FailureReason;
import dev.trestle.api.FailureReason.Retry;
import dev.trestle.api.GitSourceBuilder;
import dev.trestle.api.ImageTarget;
import dev.trestle.api.ImageTargetBuilder;
import dev.trestle.api.Leg;
import dev.trestle.api.LegState;
import dev.trestle.api.LegStatus;
import dev.trestle.api.OnLegFailure;
import dev.trestle.api.Reason;
import dev.trestle.api.RunPolicy;
import dev.trestle.api.Source;
import dev.trestle.core.Hash;
import dev.trestle.core.config.Configuration;
import dev.trestle.runtime.ConfigurationFile;
import dev.trestle.simulation.FakeCluster.Phase;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Many {@link Seeds} of lost events, lagging caches, killed pods, dying operators and changing specs, with pools
 * that are limited or not. A failure names its seed and tells its story.
 */
final class SimulationTest {
    private static final int SEEDS = 2000;
    private static final List<String> REPOSITORIES = List.of("one", "two", "base");
    private static final List<String> PLATFORMS = List.of("linux/amd64", "linux/arm64", "linux/riscv64");

    @Test
    void oneOperatorKeepsAllPromises() {
        Seeds.of(SEEDS).forEach(seed -> check(seed, 1));
    }

    static void check(int seed, int operators) {
        new Run(seed, operators).check();
    }

    private static final class Run {
        private final int seed;
        private final Random chance;
        private final FakeCluster cluster;
        private final List<FakeOperator> operators = new ArrayList<>();
        private int commits;
        private int released;

        Run(int seed, int operatorCount) {
            this.seed = seed;
            this.cluster = new FakeCluster(operatorCount == 1, seed % 2 == 0);
            this.chance = new Random(seed * 31L + operatorCount);
            for (var repository : REPOSITORIES) {
                commit(repository);
            }
            release();
            cluster.apply("one", spec("one", null));
            cluster.apply("two", spec("two", BaseUse.of(new BaseRef("base"), "BASE")));
            cluster.apply("releases", ofReleases());
            cluster.create(base());
            var configuration = configuration(List.of("", ", maxRunning: 1", ", maxRunning: 3", ", waveBudget: 1")
                    .get(chance.nextInt(4)));
            for (var i = 0; i < operatorCount; i++) {
                operators.add(new FakeOperator(cluster, configuration, operatorCount == 1));
            }
        }

        void check() {
            try {
                for (var i = 0; i < 45; i++) {
                    step();
                }
                settle();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        "seed %d: %s%n%s".formatted(seed, e.getMessage(), String.join("\n", cluster.story)), e);
            }
        }

        private void step() {
            cluster.wait(1 + chance.nextInt(8));
            var operator = operators.get(chance.nextInt(operators.size()));
            switch (chance.nextInt(21)) {
                case 0, 1, 2, 3, 4 -> pass(operator);
                case 5, 6, 7 -> operator.sync(chance.nextInt(5));
                case 8 -> operator.syncAll();
                case 9, 10, 11 -> kubelets();
                case 12 -> mergesRun();
                case 13 -> misfortune();
                case 14 -> somebodyCommits();
                case 15 -> cluster.pauseWave("base", chance.nextBoolean());
                case 16 -> theRegistryLosesOne();
                case 17 -> cluster.lateMergesRun();
                case 18 -> somebodyReleases();
                case 19 -> theRegistryIsBusy(chance.nextBoolean());
                default -> somebodyEdits();
            }
        }

        private void pass(FakeOperator operator) {
            try {
                operator.passOverAll(chance.nextInt(4) == 0 ? chance.nextInt(6) : 1_000);
            } catch (FakeOperator.Killed _) {
                cluster.tell("an operator dies and starts again");
                operator.restart();
            }
        }

        private void kubelets() {
            for (var pod : List.copyOf(cluster.pods.values())) {
                if (pod.getMetadata().getDeletionTimestamp() != null) {
                    if (chance.nextBoolean()) {
                        cluster.remove(pod.getMetadata().getName());
                    }
                } else if (chance.nextInt(3) > 0) {
                    cluster.advance(pod);
                }
            }
        }

        private void mergesRun() {
            List.copyOf(cluster.jobs.values()).forEach(job -> {
                if (chance.nextInt(3) > 0) {
                    cluster.run(job, chance.nextInt(12) > 0);
                }
            });
        }

        private void misfortune() {
            if (cluster.pods.isEmpty()) {
                return;
            }
            var pod = List.copyOf(cluster.pods.values()).get(chance.nextInt(cluster.pods.size()));
            switch (chance.nextInt(5)) {
                case 0, 1 -> cluster.lose(pod, chance.nextBoolean());
                default -> {
                    if (!Phase.of(pod).isOver() && pod.getMetadata().getDeletionTimestamp() == null) {
                        strike(pod);
                    }
                }
            }
        }

        private void theRegistryLosesOne() {
            var digests = cluster.registry.anchored();
            if (!digests.isEmpty()) {
                cluster.loseDigest(digests.get(chance.nextInt(digests.size())));
            }
        }

        private void theRegistryIsBusy(boolean busy) {
            cluster.tell("the registry answers " + (busy ? "429" : "again"));
            cluster.registry.limit("registry.example", busy);
        }

        private void strike(Pod pod) {
            switch (chance.nextInt(9)) {
                case 0 -> cluster.evict(pod);
                case 1 -> cluster.end(pod, 2, "");
                case 2 -> cluster.end(pod, 1, "");
                case 3 -> cluster.disrupt(pod, "DeletionByTaintManager");
                case 4 -> cluster.disrupt(pod, "EvictionByEvictionAPI");
                case 5 -> cluster.end(pod, 2, told(FailureReason.OutOfMemory));
                case 6 -> cluster.end(pod, 2, told(FailureReason.RateLimited));
                case 7 -> cluster.end(pod, 2, told(FailureReason.DiskFull));
                default -> {
                    if (Phase.of(pod) == Phase.Queued) {
                        cluster.stall(pod);
                    }
                }
            }
        }

        private static String told(FailureReason reason) {
            return "{\"failure\":{\"class\":\"%s\",\"reason\":\"%s\",\"registry\":\"registry.example\"}}"
                    .formatted(reason.failureClass(), reason);
        }

        private void somebodyCommits() {
            commit(REPOSITORIES.get(chance.nextInt(3)));
        }

        /** Now and then the branch is forced back to an earlier commit. */
        private void commit(String repository) {
            var number = chance.nextInt(4) == 0 ? chance.nextInt(commits + 1) : ++commits;
            cluster.tell("commit %d in %s".formatted(number, repository));
            if (number == commits) {
                cluster.git.push(url(repository), id(number));
            } else {
                cluster.git.force(url(repository), id(number));
            }
        }

        /** In no order; one that is there already is moved. */
        private void somebodyReleases() {
            switch (chance.nextInt(5)) {
                case 0 -> {
                    var number = 1 + chance.nextInt(released);
                    cluster.tell("release v%d is withdrawn".formatted(number));
                    cluster.git.withdraw(url("one"), number);
                }
                case 1, 2 -> release(1 + chance.nextInt(released + 3));
                case 3 -> cluster.apply("releases", ofReleases());
                default -> release();
            }
        }

        /** Of a version above all others. */
        private void release() {
            release(released + 1);
        }

        private void release(int number) {
            released = Math.max(released, number);
            cluster.tell("release v" + number);
            cluster.git.release(url("one"), number, id(chance.nextInt(commits + 1)));
        }

        private static String id(int commit) {
            return Hash.of(List.of(String.valueOf(commit))).substring(0, 40);
        }

        private BackendBuildSpec ofReleases() {
            var git = GitSourceBuilder.builder()
                    .url(url("one"))
                    .ref("refs/tags/v*")
                    .force(chance.nextInt(3) == 0)
                    .build();
            var policy = List.of(RunPolicy.Latest, RunPolicy.Replace, RunPolicy.Every)
                    .get(chance.nextInt(3));
            return BackendBuildSpecBuilder.builder()
                    .source(new Source(git))
                    .legs(PLATFORMS.subList(0, 2).stream().map(Leg::on).toList())
                    .image(target(List.of("latest-releases", "${gitTag}-releases")))
                    .runPolicy(policy)
                    .build();
        }

        private void somebodyEdits() {
            var name = chance.nextBoolean() ? "one" : "two";
            var use = Objects.requireNonNull(cluster.builds.get(name)).getSpec().base();
            cluster.apply(name, spec(name, use));
        }

        private BackendBuildSpec spec(String name, @Nullable BaseUse base) {
            var legs = PLATFORMS.subList(0, base == null ? 1 + chance.nextInt(3) : 1 + chance.nextInt(2)).stream()
                    .map(Leg::on)
                    .toList();
            var tags = chance.nextInt(3) == 0 ? List.of(name, name + "-extra") : List.of(name);
            return BackendBuildSpecBuilder.builder()
                    .source(source(name))
                    .buildArgs(List.of(new BuildArg("SPEED", String.valueOf(chance.nextInt(2)))))
                    .base(base)
                    .legs(legs)
                    .image(target(tags))
                    .onLegFailure(chance.nextInt(3) == 0 ? OnLegFailure.PublishPartial : OnLegFailure.KeepPrevious)
                    .build();
        }

        /** No more faults, but for merges that were given up and run when all else is done. */
        private void settle() {
            cluster.pauseWave("base", false);
            theRegistryIsBusy(false);
            release();
            comeToRest();
            cluster.lateMergesRun();
            comeToRest();
            cluster.builds.values().forEach(this::checkEnd);
        }

        /** Everything that can go on goes on, until nobody writes any more. */
        private void comeToRest() {
            var quiet = 0; // one quiet round may only have waited for a time to come
            for (var round = 0; round < 60; round++) {
                var before = operators.stream().mapToInt(FakeOperator::writes).sum();
                var told = cluster.story.size();
                operators.forEach(operator -> {
                    operator.syncAll();
                    operator.passOverAll(1_000);
                });
                cluster.wait(1_000);
                cluster.goOn();
                var writes = operators.stream().mapToInt(FakeOperator::writes).sum();
                quiet = before == writes && told == cluster.story.size() ? quiet + 1 : 0;
                if (quiet == 2) {
                    return;
                }
            }
            throw new AssertionError("it never comes to rest");
        }

        private void checkEnd(BackendBuild build) {
            var status = Objects.requireNonNull(build.getStatus());
            var failed = status.conditions().stream()
                    .anyMatch(condition -> condition.type().equals("LastBuildSucceeded")
                            && condition.reason().name().endsWith("Failed"));
            if (isPart(status)) {
                checkPart(build);
            }
            checkNoMergeIsGivenUpTooSoon(status);
            var waits = build.getSpec().base() != null && !FakeOperator.holds(status, "Ready");
            status.legs().forEach(leg -> checkFailure(build, leg));
            if (failed || (waits && isBaseFailed())) {
                return;
            }
            assertThat(status.observedGeneration())
                    .isEqualTo(build.getMetadata().getGeneration());
            assertThat(FakeOperator.holds(status, "Ready") && FakeOperator.holds(status, "UpToDate"))
                    .as(
                            "'%s' is published or names its failure: %s",
                            build.getMetadata().getName(), status)
                    .isTrue();
            for (var tag : FakeOperator.plain(build)) {
                var index = Objects.requireNonNull(cluster.registry.index("registry.example/shop:" + tag));
                assertThat(index.digest())
                        .isEqualTo(Objects.requireNonNull(status.image()).digest());
                for (var leg : status.legs()) {
                    assertThat(index.children())
                            .containsEntry(
                                    leg.platform(),
                                    Objects.requireNonNull(leg.built()).digest());
                }
            }
        }

        /**
         * A merge that finds an image gone is not the end of its run: the leg is built again, or has failed itself. Nor is one that failed
         * for trouble that passes.
         */
        private void checkNoMergeIsGivenUpTooSoon(BackendBuildStatus status) {
            var fails = status.conditions().stream()
                    .anyMatch(condition ->
                            condition.type().equals("LastBuildSucceeded") && condition.reason() == Reason.MergeFailed);
            var merge = cluster.merges.get(
                    status.run() == null || status.run().merge() == null
                            ? ""
                            : status.run().merge());
            if (fails && merge != null && merge.getStatus() != null) {
                assertThat(merge.getStatus().gone()).isEmpty();
                assertThat(merge.getStatus().retryAt()).isNull();
            }
        }

        private static boolean isPart(BackendBuildStatus status) {
            return status.conditions().stream()
                    .anyMatch(condition ->
                            condition.type().equals("UpToDate") && condition.reason() == Reason.PublishedPartial);
        }

        /** Exactly the legs that are built are under the tags, and the others are named. */
        private void checkPart(BackendBuild build) {
            var status = Objects.requireNonNull(build.getStatus());
            var built = status.legs().stream()
                    .filter(leg -> leg.state() == LegState.Built)
                    .collect(Collectors.toMap(
                            LegStatus::platform,
                            leg -> Objects.requireNonNull(leg.built()).digest()));
            for (var tag : build.getSpec().image().tags()) {
                var index = Objects.requireNonNull(cluster.registry.index("registry.example/shop:" + tag));
                assertThat(index.children()).isEqualTo(built);
                assertThat(index.missing())
                        .isNotEmpty()
                        .isEqualTo(status.legs().stream()
                                .map(LegStatus::platform)
                                .filter(platform -> !built.containsKey(platform))
                                .toList());
            }
        }

        /** Nothing that is the cluster's fault ends a build, unless it goes on for ever; its retries are not charged. */
        private static void checkFailure(BackendBuild build, LegStatus leg) {
            var failure = leg.failure();
            if (failure == null) {
                return;
            }
            var charged = leg.lost().stream()
                    .filter(lost -> lost.reason().retry() == Retry.Charged)
                    .count();
            var allowed = switch (failure.reason().retry()) {
                case Never -> true;
                case Free -> false;
                case Charged -> charged >= 3;
                case Larger -> leg.lost().stream().anyMatch(lost -> lost.reason() == FailureReason.OutOfMemory);
            };
            assertThat(allowed)
                    .as(
                            "leg '%s' of '%s' may fail so: %s",
                            leg.platform(), build.getMetadata().getName(), leg)
                    .isTrue();
        }

        private boolean isBaseFailed() {
            return !FakeOperator.holds(
                    Objects.requireNonNull(Objects.requireNonNull(cluster.builds.get("base-base"))
                            .getStatus()),
                    "Ready");
        }

        private static BaseImage base() {
            var base = new BaseImage();
            base.setMetadata(new ObjectMetaBuilder().withName("base").build());
            base.setSpec(BaseImageSpecBuilder.builder()
                    .source(source("base"))
                    .platforms(PLATFORMS.subList(0, 2))
                    .image(target(List.of("base")))
                    .maxAgeSeconds(3600L)
                    .build());
            return base;
        }

        private static Source source(String repository) {
            return new Source(GitSourceBuilder.builder()
                    .url(url(repository))
                    .ref("refs/heads/main")
                    .build());
        }

        private static String url(String repository) {
            return "https://git.example/" + repository + ".git";
        }

        private static ImageTarget target(List<String> tags) {
            return ImageTargetBuilder.builder()
                    .repositories(List.of("registry.example/shop"))
                    .tags(tags)
                    .build();
        }

        private static Configuration configuration(String limits) {
            try {
                return ConfigurationFile.parse(
                        "{builderImage: b, mergeImage: m, pools: [{name: all, platforms: %s, largerResources: {limits: {memory: 8Gi}}%s}]}"
                                .formatted(PLATFORMS, limits));
            } catch (ConfigurationFile.Invalid e) {
                throw new AssertionError(e);
            }
        }
    }
}
