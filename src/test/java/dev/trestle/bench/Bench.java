package dev.trestle.bench;

import static dev.trestle.bench.Sightings.Sight.LEG_POD;

import java.nio.file.Path;
import java.time.Duration;

/** Measures the installed operator on the local cluster; {@code hack/bench} prepares both, and takes away what this leaves. */
final class Bench {
    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofSeconds(5);

    private final BenchCluster cluster;
    private final OperatorProcess operator;
    private final Results results = new Results();

    private Bench(BenchCluster cluster) {
        this.cluster = cluster;
        this.operator = cluster.operator();
    }

    public static void main(String... arguments) throws Exception {
        try (var cluster = new BenchCluster()) {
            var bench = new Bench(cluster);
            bench.run();
            bench.results.write(Path.of("target", "bench.json"));
            System.out.print(bench.results.table());
        }
    }

    private void run() throws Exception {
        say("The operator, started anew and idle");
        operator.stop();
        operator.start();
        operator.awaitReady();
        BenchCluster.settle();
        quietness();
        results.add("operator's memory, idle (RSS)", operator.residentMiB(), "MiB", 120);

        say("Quiet: %d builds, one by one, of 1 s each, a bare pod beside each".formatted(Quiet.SAMPLES));
        BenchCluster.podsTake(1);
        new Quiet(cluster, results).run();

        say("At once: 457 bare pods of 5 s; 386 builds with 457 legs; 457 bare pods again, until their times agree");
        BenchCluster.podsTake(5);
        new Burst(cluster, results).run();

        say("Idle for %d s, with 386 builds there".formatted(IDLE.toSeconds()));
        idle();

        say("The operator, started anew with 386 builds there and one that waits for it");
        restart();
    }

    private void quietness() throws Exception {
        var before = MachineLoad.now();
        Thread.sleep(QUIET);
        before.disturbanceUntil(MachineLoad.now()).ifPresent(results::warn);
    }

    private void idle() throws Exception {
        var before = cluster.reading();
        Thread.sleep(IDLE);
        var writes = cluster.writesSince(before, 0, 0);
        results.add(
                "operator's API writes in %d s with nothing to do".formatted(IDLE.toSeconds()),
                (double) writes.total(),
                "",
                0);
        results.detail("writes: " + writes);
        results.add("operator's memory, after 386 builds (RSS)", operator.residentMiB(), "MiB", 160);
    }

    private void restart() throws Exception {
        var build = Matrix.single("start", 1);
        var legs = Matrix.legsOf(build).toList();
        operator.stop();
        cluster.create(build);
        operator.start();
        cluster.await(LEG_POD, legs);
        var nanos = cluster.sightings().at(LEG_POD, legs.getFirst()) - operator.startedAt();
        results.add("operator's process started -> a waiting build's pod seen", nanos / 1e9, "s", 1);
    }

    private static void say(String what) {
        System.err.println("== " + what);
    }
}
