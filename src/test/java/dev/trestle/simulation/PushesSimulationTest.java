package dev.trestle.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.api.RunPolicy;
import dev.trestle.core.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of commits and releases that come faster than they are built, of an operator that dies meanwhile, seed by seed. */
final class PushesSimulationTest {
    private static final int SEEDS = 50;

    @Test
    void eachCommitIsBuiltInItsOrder() {
        for (var seed : Seeds.of(SEEDS).toArray()) {
            var pushes = new Pushes(seed, RunPolicy.Every);
            assertThat(pushes.published()).as("seed %d", seed).isEqualTo(pushes.good);
        }
    }

    @Test
    void ofManyCommitsTheLastIsBuilt() {
        for (var seed : Seeds.of(SEEDS).toArray()) {
            var pushes = new Pushes(seed, RunPolicy.Latest);
            assertThat(pushes.published())
                    .as("seed %d", seed)
                    .noneMatch(pushes.build.broken::contains)
                    .endsWith(pushes.good.getLast());
        }
    }

    @ParameterizedTest
    @EnumSource(RunPolicy.class)
    void noReleaseIsPublishedAfterAHigherOne(RunPolicy policy) {
        for (var seed : Seeds.of(SEEDS).toArray()) {
            assertThat(releases(new Random(seed), policy)).as("seed %d", seed).isSorted();
        }
    }

    @Test
    void eachReleaseIsPublishedThatComesInTheOrderOfItsVersion() {
        for (var seed : Seeds.of(SEEDS).toArray()) {
            var chance = new Random(seed);
            var build = new OneBuild("refs/tags/v*", RunPolicy.Every);
            build.cluster.git.release(OneBuild.URL, 1, OneBuild.commit(1));
            build.settle();
            for (var number = 2; number <= 12; number++) {
                build.cluster.git.release(OneBuild.URL, number, OneBuild.commit(number / 2));
                for (var i = chance.nextInt(4); i > 0; i--) {
                    build.step(chance.nextInt(4) == 0 ? chance.nextInt(4) : 1_000);
                }
            }
            build.settle();
            assertThat(numbers(build))
                    .as("seed %d", seed)
                    .isEqualTo(IntStream.rangeClosed(1, 12).boxed().toList());
        }
    }

    /** They come in any order, are moved to other commits, and are withdrawn. */
    private static List<Integer> releases(Random chance, RunPolicy policy) {
        var build = new OneBuild("refs/tags/v*", policy);
        for (var i = 0; i < 80; i++) {
            var number = 1 + chance.nextInt(12);
            switch (chance.nextInt(10)) {
                case 0, 1 -> build.cluster.git.release(OneBuild.URL, number, OneBuild.commit(chance.nextInt(4)));
                case 2, 3 -> build.cluster.git.withdraw(OneBuild.URL, number);
                case 4 -> build.restart();
                default -> build.step(chance.nextInt(3) == 0 ? chance.nextInt(4) : 1_000);
            }
        }
        build.settle();
        return numbers(build);
    }

    private static List<Integer> numbers(OneBuild build) {
        return build.published(Labels.GIT_TAG).stream().map(FakeGit::numberOf).toList();
    }

    /** Commits on a branch, now and then of a Dockerfile that fails; some of these are reverted. */
    private static final class Pushes {
        private final OneBuild build;
        private final List<String> good = new ArrayList<>();
        private int pushed;

        Pushes(int seed, RunPolicy policy) {
            var chance = new Random(seed);
            build = new OneBuild("refs/heads/main", policy);
            push(true);
            build.settle();
            for (var i = 0; i < 30; i++) {
                switch (chance.nextInt(6)) {
                    case 0 -> push(chance.nextInt(4) > 0);
                    case 1 -> build.restart();
                    default -> build.step(chance.nextInt(4) == 0 ? chance.nextInt(4) : 1_000);
                }
            }
            push(true);
            build.settle();
        }

        private void push(boolean goesWell) {
            var commit = OneBuild.commit(pushed++);
            build.cluster.git.push(OneBuild.URL, commit);
            if (goesWell) {
                good.add(commit);
            } else {
                build.broken.add(commit);
                build.cluster.git.revert(OneBuild.URL, OneBuild.commit(pushed++), good.getLast());
            }
        }

        List<String> published() {
            return build.published(Labels.REVISION);
        }
    }
}
