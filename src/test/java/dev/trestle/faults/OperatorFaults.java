package dev.trestle.faults;

import static dev.trestle.faults.Fault.row;

import dev.trestle.e2e.TestCluster;
import dev.trestle.faults.Expected.Published;
import java.util.List;
import java.util.stream.Stream;

/** The operator's process is killed, at each step; each time its successor has to find out where it was. */
final class OperatorFaults {
    private OperatorFaults() {}

    static List<Fault> rows() {
        return Stream.of(Step.PodCreated, Step.Building, Step.LegEnded, Step.Merging, Step.Merged)
                .map(step -> row(
                        "operator-killed-" + nameOf(step),
                        step,
                        "operator's process gets SIGKILL",
                        scene -> kill(scene.cluster()),
                        new Published("a")))
                .toList();
    }

    private static String nameOf(Step step) {
        return step.text().replaceAll("[^a-z]+", "-");
    }

    /** A new pod, because the kubelet would wait longer each time before it starts the same one again. */
    static void kill(TestCluster cluster) {
        OperatorProcess.find().kill();
        cluster.operator().kill();
    }
}
