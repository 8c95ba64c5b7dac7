package dev.trestle.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.api.BackendBuildSpec;
import dev.trestle.api.GitSource;
import dev.trestle.api.ImageTarget;
import dev.trestle.api.Leg;
import dev.trestle.api.RunPolicy;
import dev.trestle.api.Source;
import dev.trestle.core.Hash;
import dev.trestle.core.Labels;
import dev.trestle.runtime.ConfigurationFile;
import dev.trestle.simulation.FakeCluster.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of commits that are pushed faster than they are built. */
final class EveryCommitTest {
    private static final String URL = "https://git.example/one.git";
    private static final int SEEDS = 200;

    @ParameterizedTest
    @EnumSource(
            value = RunPolicy.class,
            names = {"Latest", "Every"})
    void pushesAreBuiltInTheirOrder(RunPolicy policy) throws ConfigurationFile.Invalid {
        for (var seed = 0; seed < SEEDS; seed++) {
            var run = new Run(seed, policy);
            run.go();
            switch (policy) {
                case Every -> assertThat(run.published()).as("seed %d", seed).isEqualTo(run.good);
                case Latest, Replace ->
                    assertThat(run.published())
                            .as("seed %d", seed)
                            .isSubsetOf(run.good)
                            .contains(run.good.getLast());
            }
        }
    }

    private static final class Run {
        private final Random chance;
        private final FakeCluster cluster = new FakeCluster(true);
        private final FakeOperator operator;
        private final List<String> pushed = new ArrayList<>();
        /** Commits whose build goes well. */
        private final List<String> good = new ArrayList<>();

        Run(int seed, RunPolicy policy) throws ConfigurationFile.Invalid {
            chance = new Random(seed);
            push(true);
            cluster.apply(
                    "one",
                    new BackendBuildSpec(
                            new Source(new GitSource(URL, "refs/heads/main", null, List.of())),
                            null,
                            null,
                            null,
                            List.of(),
                            null,
                            List.of(Leg.on("linux/amd64")),
                            new ImageTarget(List.of("registry.example/shop"), List.of("one"), null),
                            null,
                            null,
                            policy,
                            null));
            operator = new FakeOperator(
                    cluster,
                    ConfigurationFile.parse(
                            "{builderImage: b, mergeImage: m, pools: [{name: all, platforms: [linux/amd64]}]}"),
                    true);
            settle();
        }

        void go() {
            for (var i = 0; i < 30; i++) {
                switch (chance.nextInt(6)) {
                    case 0 -> push(chance.nextInt(4) > 0);
                    case 1 -> operator.restart();
                    default -> step();
                }
            }
            push(true);
            settle();
        }

        private void push(boolean goesWell) {
            var commit = Hash.of(List.of(String.valueOf(pushed.size()))).substring(0, 40);
            pushed.add(commit);
            cluster.git.push(URL, commit);
            if (goesWell) {
                good.add(commit);
            }
        }

        private void settle() {
            var told = -1;
            while (told < cluster.story.size()) {
                told = cluster.story.size();
                for (var i = 0; i < 4; i++) {
                    step();
                }
            }
        }

        private void step() {
            cluster.wait(5);
            operator.syncAll();
            operator.passOverAll(1_000);
            for (var pod : List.copyOf(cluster.pods.values())) {
                var commit = pod.getMetadata().getAnnotations().get(Labels.REVISION);
                if (pod.getMetadata().getDeletionTimestamp() != null) {
                    cluster.remove(pod.getMetadata().getName());
                } else if (Phase.of(pod) == Phase.Building && !good.contains(commit)) {
                    cluster.end(pod, 1, "");
                } else {
                    cluster.advance(pod);
                }
            }
            List.copyOf(cluster.jobs.values()).forEach(job -> cluster.run(job, true));
        }

        List<String> published() {
            return cluster.registry.merged.stream()
                    .map(merge -> merge.getMetadata().getAnnotations().get(Labels.REVISION))
                    .toList();
        }
    }
}
