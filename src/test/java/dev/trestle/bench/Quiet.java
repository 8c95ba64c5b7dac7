package dev.trestle.bench;

import static dev.trestle.bench.Sightings.Sight.BARE_ENDED;
import static dev.trestle.bench.Sightings.Sight.BARE_POD;
import static dev.trestle.bench.Sightings.Sight.BUILD;
import static dev.trestle.bench.Sightings.Sight.LEG_ENDED;
import static dev.trestle.bench.Sightings.Sight.LEG_KNOWN;
import static dev.trestle.bench.Sightings.Sight.LEG_POD;
import static dev.trestle.bench.Sightings.Sight.MERGE;
import static dev.trestle.bench.Sightings.Sight.MERGE_JOB;
import static dev.trestle.bench.Sightings.Sight.PUBLISHED;

import dev.trestle.api.BackendBuild;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** One-leg builds, one by one, on a cluster with nothing else to do; while each leg runs, a bare pod is created for comparison. */
final class Quiet {
    static final int SAMPLES = 20;
    private static final int WARM_UP = 2;
    private static final Duration LEG_IS_RUNNING = Duration.ofMillis(400);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final BenchCluster cluster;
    private final Sightings sightings;
    private final Results results;

    Quiet(BenchCluster cluster, Results results) {
        this.cluster = cluster;
        this.sightings = cluster.sightings();
        this.results = results;
    }

    void run() throws Exception {
        oneByOne(builds("warm-up", WARM_UP));
        BenchCluster.settle();
        var before = cluster.reading();
        var builds = builds("quiet", SAMPLES);
        var floor = Samples.ofNanos(oneByOne(builds));
        BenchCluster.settle();
        var writes = cluster.writesSince(before, SAMPLES, SAMPLES);

        var names = builds.stream().map(build -> build.getMetadata().getName()).toList();
        var toPod = between(BUILD, LEG_POD, names);
        var toMerge = between(LEG_ENDED, MERGE_JOB, names);
        results.addBesideFloor(
                "build created -> leg's pod seen, quiet, median", toPod.median(), floor.median(), "ms", 1.5);
        results.add("leg ended -> merge Job seen, quiet, median", toMerge.median(), "ms", 15);
        results.add(
                "leg ended -> status says so, quiet, median",
                between(LEG_ENDED, LEG_KNOWN, names).median(),
                "ms");
        results.add("operator's API writes per one-leg build, quiet", writes.total() / (double) SAMPLES, "", 6);
        results.detail("build created -> leg's pod seen, ms: " + toPod);
        results.detail("bare pod's create sent -> pod seen, ms: " + floor);
        results.detail("leg ended -> merge Job seen, ms: " + toMerge);
        results.detail("leg ended -> ManifestMerge seen, ms: " + between(LEG_ENDED, MERGE, names));
        results.detail("writes: " + writes);
    }

    private static List<BackendBuild> builds(String type, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> Matrix.single(type, number))
                .toList();
    }

    /** @return nanoseconds for each bare pod, from its create being sent until it was seen */
    private LongStream oneByOne(List<BackendBuild> builds) throws Exception {
        var nanos = LongStream.builder();
        for (var build : builds) {
            nanos.add(oneBesideABarePod(build));
            Thread.sleep(PAUSE);
        }
        return nanos.build();
    }

    private long oneBesideABarePod(BackendBuild build) throws Exception {
        var name = build.getMetadata().getName();
        var pod = cluster.barePodsFor(build, "bare-").getFirst();
        var bare = pod.getMetadata().getName();
        cluster.create(build);
        cluster.await(LEG_POD, List.of(leg(name)));
        Thread.sleep(LEG_IS_RUNNING);
        var sent = System.nanoTime();
        cluster.create(pod);
        cluster.await(BARE_ENDED, List.of(bare));
        cluster.await(PUBLISHED, List.of(name));
        return sightings.at(BARE_POD, bare) - sent;
    }

    private Samples between(Sightings.Sight from, Sightings.Sight to, List<String> builds) {
        return Samples.ofNanos(builds.stream().mapToLong(build -> at(to, build) - at(from, build)));
    }

    private long at(Sightings.Sight sight, String build) {
        return switch (sight) {
            case LEG_POD, LEG_ENDED, LEG_KNOWN -> sightings.at(sight, leg(build));
            case BUILD, MERGE, MERGE_JOB, MERGE_POD, PUBLISHED, BARE_POD, BARE_ENDED -> sightings.at(sight, build);
        };
    }

    private static String leg(String build) {
        return Matrix.legName(build, "linux/amd64");
    }
}
