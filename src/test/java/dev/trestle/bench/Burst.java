package dev.trestle.bench;

import static dev.trestle.bench.Sightings.Sight.BARE_ENDED;
import static dev.trestle.bench.Sightings.Sight.BUILD;
import static dev.trestle.bench.Sightings.Sight.LEG_ENDED;
import static dev.trestle.bench.Sightings.Sight.LEG_KNOWN;
import static dev.trestle.bench.Sightings.Sight.LEG_POD;
import static dev.trestle.bench.Sightings.Sight.MERGE;
import static dev.trestle.bench.Sightings.Sight.MERGE_JOB;
import static dev.trestle.bench.Sightings.Sight.PUBLISHED;

import dev.trestle.api.BackendBuild;
import dev.trestle.bench.Sightings.Sight;
import java.util.List;

/** The whole matrix at once, and the same pods bare, before and after it, and again where the times do not agree. */
final class Burst {
    private final BenchCluster cluster;
    private final Sightings sightings;
    private final Results results;
    private final List<BackendBuild> builds = Matrix.builds();
    private final List<String> names =
            builds.stream().map(build -> build.getMetadata().getName()).toList();
    private final List<String> legs = builds.stream().flatMap(Matrix::legsOf).toList();

    Burst(BenchCluster cluster, Results results) {
        this.cluster = cluster;
        this.sightings = cluster.sightings();
        this.results = results;
    }

    void run() throws Exception {
        var bareBefore = barePods("bare-a-");
        var before = cluster.reading();
        var begun = System.nanoTime();
        cluster.createAll(builds);
        cluster.await(LEG_KNOWN, legs);
        cluster.await(PUBLISHED, names);
        BenchCluster.settle();
        var writes = cluster.writesSince(before, builds.size(), 0);
        var floor = measured(Floor.of(bareBefore, barePods("bare-b-")));
        results.addBesideFloor(
                "386 builds, 457 legs of 5 s at once -> all recorded",
                seconds(LEG_KNOWN, legs, begun),
                floor.lowest(),
                "s",
                1.15);
        results.add(
                "  457 bare pods at once -> all ended, lowest of "
                        + floor.seconds().size(),
                floor.lowest(),
                "s");
        results.detail("457 bare pods at once -> all ended, s: " + floor.seconds());
        if (!floor.agrees()) {
            results.warn("the bare pods' times are more than a quarter apart: " + floor.seconds());
        }
        results.add("  386 builds at once -> all pods there", seconds(LEG_POD, legs, begun), "s");
        results.add("  386 builds at once -> all legs ended", seconds(LEG_ENDED, legs, begun), "s");
        results.add("  386 builds at once -> all published", seconds(PUBLISHED, names, begun), "s");
        latencies();
        results.add("operator's API writes per build, at once", writes.total() / (double) builds.size(), "");
        results.add("operator's API writes per leg, at once", writes.total() / (double) legs.size(), "");
        results.detail("writes: " + writes);
    }

    private Floor measured(Floor first) throws Exception {
        var floor = first;
        while (floor.wantsAnother()) {
            floor = floor.and(barePods("bare-%d-".formatted(floor.seconds().size())));
        }
        return floor;
    }

    /** @return seconds from the first create until the last has ended */
    private double barePods(String prefix) throws Exception {
        var pods = Matrix.builds().stream()
                .flatMap(build -> cluster.barePodsFor(build, prefix).stream())
                .toList();
        var bare = pods.stream().map(pod -> pod.getMetadata().getName()).toList();
        var begun = System.nanoTime();
        cluster.createAll(pods);
        cluster.await(BARE_ENDED, bare);
        cluster.deleteBarePods();
        BenchCluster.settle();
        return seconds(BARE_ENDED, bare, begun);
    }

    private void latencies() {
        var toPod = Samples.ofNanos(builds.stream()
                .flatMapToLong(build -> Matrix.legsOf(build)
                        .mapToLong(leg -> sightings.at(LEG_POD, leg)
                                - sightings.at(BUILD, build.getMetadata().getName()))));
        results.add("build created -> leg's pod seen, at once, median", toPod.median(), "ms");
        results.add("build created -> leg's pod seen, at once, p99", toPod.percentile(99), "ms");
        var toMerge = sinceLastLegEnded(MERGE_JOB);
        results.add("last leg ended -> merge Job seen, at once, median", toMerge.median(), "ms", 40);
        results.add("last leg ended -> merge Job seen, at once, p99", toMerge.percentile(99), "ms", 200);
        results.detail("last leg ended -> ManifestMerge seen, median ms: "
                + Math.round(sinceLastLegEnded(MERGE).median()));
        var toStatus = Samples.ofNanos(
                legs.stream().mapToLong(leg -> sightings.at(LEG_KNOWN, leg) - sightings.at(LEG_ENDED, leg)));
        results.add("leg ended -> status says so, at once, median", toStatus.median(), "ms");
        results.add("leg ended -> status says so, at once, p99", toStatus.percentile(99), "ms");
    }

    private Samples sinceLastLegEnded(Sight merge) {
        return Samples.ofNanos(builds.stream()
                .mapToLong(build -> sightings.at(merge, build.getMetadata().getName()) - lastLegEnded(build)));
    }

    private long lastLegEnded(BackendBuild build) {
        return Matrix.legsOf(build)
                .mapToLong(leg -> sightings.at(LEG_ENDED, leg))
                .max()
                .orElseThrow();
    }

    private double seconds(Sight sight, List<String> seen, long begun) {
        var last = seen.stream().mapToLong(name -> sightings.at(sight, name)).max();
        return (last.orElseThrow() - begun) / 1e9;
    }
}
