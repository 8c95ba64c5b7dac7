package dev.trestle.simulation;

import dev.trestle.api.BackendBuildSpecBuilder;
import dev.trestle.api.GitSourceBuilder;
import dev.trestle.api.ImageTargetBuilder;
import dev.trestle.api.Leg;
import dev.trestle.api.RunPolicy;
import dev.trestle.api.Source;
import dev.trestle.core.Hash;
import dev.trestle.core.Labels;
import dev.trestle.simulation.FakeCluster.Phase;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One build of one leg in a cluster where nothing goes wrong but what a test wants to. */
final class OneBuild {
    static final String URL = "https://git.example/one.git";

    final FakeCluster cluster = new FakeCluster(true, false);
    /** Commits whose build fails for good. */
    final Set<String> broken = new HashSet<>();

    private final FakeOperator operator;

    OneBuild(String ref, RunPolicy policy) {
        cluster.apply(
                "one",
                BackendBuildSpecBuilder.builder()
                        .source(new Source(
                                GitSourceBuilder.builder().url(URL).ref(ref).build()))
                        .legs(List.of(Leg.on("linux/amd64")))
                        .image(ImageTargetBuilder.builder()
                                .repositories(List.of("registry.example/shop"))
                                .tags(List.of("one"))
                                .build())
                        .runPolicy(policy)
                        .build());
        operator = new FakeOperator(cluster, FakeOperator.poolOf("linux/amd64"), true);
    }

    static String commit(int number) {
        return Hash.of(List.of(String.valueOf(number))).substring(0, 40);
    }

    void restart() {
        operator.restart();
    }

    /** @param writes after so many the operator dies and starts anew */
    void step(int writes) {
        cluster.wait(5);
        operator.syncAll();
        try {
            operator.passOverAll(writes);
        } catch (FakeOperator.Killed _) {
            operator.restart();
        }
        for (var pod : List.copyOf(cluster.pods.values())) {
            var commit = pod.getMetadata().getAnnotations().get(Labels.REVISION);
            if (pod.getMetadata().getDeletionTimestamp() != null) {
                cluster.remove(pod.getMetadata().getName());
            } else if (Phase.of(pod) == Phase.Building && broken.contains(commit)) {
                cluster.end(pod, 1, "");
            } else {
                cluster.advance(pod);
            }
        }
        List.copyOf(cluster.jobs.values()).forEach(job -> cluster.run(job, true));
    }

    /** Until nothing happens any more. */
    void settle() {
        var told = -1;
        while (told < cluster.story.size()) {
            told = cluster.story.size();
            for (var i = 0; i < 4; i++) {
                step(1_000);
            }
        }
    }

    /** What the merges that have run say of themselves, in their order. */
    List<String> published(String annotation) {
        return cluster.registry.merged.stream()
                .map(merge -> merge.getMetadata().getAnnotations().getOrDefault(annotation, ""))
                .toList();
    }
}
