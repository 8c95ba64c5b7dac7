package dev.trestle.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.differential.Judge.Verdict;
import dev.trestle.differential.Shrinker.Missed;
import dev.trestle.differential.Tree.Entry;
import dev.trestle.dockerfile.ReaderProgram;
import dev.trestle.source.LocalRepository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Whatever the real BuildKit reads of a repository is an input. Each case is one random Dockerfile over one random tree, built at two commits; it
 * fails when the images differ and the inputs do not, or when the image has a file of which no input would notice a change.
 * {@code -Ddifferential.cases=10000 -Ddifferential.seed=7} runs others, as {@code make differential} does.
 */
@Isolated("It keeps all processors busy, and tests of the cluster have deadlines.")
class DifferentialIT {
    private static final int CASES = Integer.getInteger("differential.cases", 1_000);
    private static final long SEED = Long.getLong("differential.seed", 13);
    private static final int CASES_OF_A_TREE = 25;
    private static final int AT_ONCE = 4;
    private static final int MOST_MISSES = 5;

    @TempDir
    private Path folder;

    private final List<String> missed = new ArrayList<>();
    private int built;
    private int whole;
    private long unread;
    private long tooMany;

    @Test
    void whatBuildKitReadsIsAnInput() throws Exception {
        try (var buildKit = BuildKit.start(folder);
                var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var judge = new Judge(buildKit, ReaderProgram::reads);
            for (var tree = 0; tree * CASES_OF_A_TREE < CASES && missed.size() < MOST_MISSES; tree++) {
                judgeTree(tree, buildKit, judge, threads);
            }
        }
        System.out.printf(
                "differential: seed %d, %d cases, %d of them build, %d missed. Any change of the context builds %.1f %% of the images; of the files that one of the others has nothing of, %.1f %% build it%n",
                SEED,
                CASES,
                built,
                missed.size(),
                100.0 * whole / Math.max(1, built),
                100.0 * tooMany / Math.max(1, unread));
        assertThat(missed).as("seed %d", SEED).isEmpty();
        assertThat(built)
                .as("so many Dockerfiles build that something is shown")
                .isGreaterThan(CASES / 2);
    }

    private void judgeTree(int number, BuildKit buildKit, Judge judge, ExecutorService threads) throws Exception {
        var random = new Random(SEED * 1_000_003 + number);
        var moduleCommits = random.nextInt(3) == 0 ? moduleCommits(buildKit) : List.<String>of();
        var trees = new RandomTree(random, 1, moduleCommits);
        var plain = trees.tree();
        var samples = new ArrayList<Sample>();
        for (var i = 0; i < CASES_OF_A_TREE; i++) {
            samples.add(RandomDockerfile.sample(
                    random, buildKit.base(), !moduleCommits.isEmpty(), "d%d/Dockerfile".formatted(i)));
        }
        var before = withDockerfiles(plain, samples);
        var after = trees.changed(before, samples.stream().map(Sample::file).toList());
        var repository = "tree" + number;
        var first = judge.commit(repository, before);
        var second = judge.commit(repository, after);
        var verdicts = new ArrayList<Callable<Verdict>>();
        samples.forEach(sample -> verdicts.add(() -> judge.of(sample, first, second)));
        var results = threads.invokeAll(verdicts);
        for (var i = 0; i < samples.size(); i++) {
            count(results.get(i).get(), new Missed(samples.get(i), before, after, List.of()), number, judge);
        }
    }

    private void count(Verdict verdict, Missed sample, int tree, Judge judge)
            throws IOException, InterruptedException, LocalRepository.Unreadable {
        built += verdict.built() ? 1 : 0;
        whole += verdict.built() && verdict.whole() ? 1 : 0;
        unread += verdict.whole() ? 0 : verdict.unread();
        tooMany += verdict.whole() ? 0 : verdict.tooMany();
        if (!verdict.misses().isEmpty()) {
            var all = new Missed(sample.sample(), sample.before(), sample.after(), verdict.misses());
            var shrunk = new Shrinker(judge, "shrunk").shrink(all);
            missed.add("seed %d, tree %d: %s".formatted(SEED, tree, shrunk));
        }
    }

    private static Tree withDockerfiles(Tree tree, List<Sample> samples) {
        var with = tree;
        for (var sample : samples) {
            with = with.with(sample.file(), Entry.file(sample.text()));
        }
        return with;
    }

    private static List<String> moduleCommits(BuildKit buildKit) throws IOException {
        var commits = new ArrayList<String>();
        for (var i = 0; i < 2; i++) {
            var files = new Tree(new java.util.TreeMap<>())
                    .with("l.txt", Entry.file("of the submodule " + i))
                    .with("Dockerfile", Entry.file("FROM scratch\nCOPY main.txt /\n"));
            commits.add(buildKit.repositories().commit("sub", files));
        }
        return commits;
    }
}
