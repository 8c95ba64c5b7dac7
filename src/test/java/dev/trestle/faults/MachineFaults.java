package dev.trestle.faults;

import static dev.trestle.faults.Fault.row;
import static org.awaitility.Awaitility.await;

import dev.trestle.api.FailureReason;
import dev.trestle.api.LegBuilder;
import dev.trestle.faults.Expected.Published;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** What befalls the cluster itself: its processes are killed, its node goes. */
final class MachineFaults {
    private static final String ANCHOR = "app-linux-amd64";
    private static final Duration NOT_READY = Duration.ofMinutes(2);
    /** Longer than the operator waits for a node or a merge's start, which by its clock is over at once. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private MachineFaults() {}

    static List<Fault> rows() {
        return List.of(
                row(
                        "api-server-killed",
                        Step.Building,
                        "API server killed and started again",
                        scene -> restart("apiserver"),
                        new Published("a")),
                row(
                        "controller-manager-killed",
                        Step.Building,
                        "controller manager away until the merge's Job is there",
                        scene -> {
                            Machine.kill("controller-manager");
                            scene.goOn();
                            await().atMost(Scene.LIMIT)
                                    .until(() -> !scene.cluster().jobs().uids().isEmpty());
                            Machine.up();
                        },
                        new Published("a")),
                row(
                        "kubelet-killed",
                        Step.Building,
                        "kubelet away while the leg ends",
                        scene -> {
                            Machine.kill("kubelet");
                            scene.goOn();
                            awaitPush(scene);
                            Machine.up();
                        },
                        new Published("a")),
                row(
                        "containerd-killed",
                        Step.Building,
                        "containerd killed and started again",
                        scene -> restart("containerd"),
                        new Published("a")),
                row(
                        "registry-killed",
                        Step.Building,
                        "registry away until the leg has failed",
                        scene -> {
                            Machine.kill("registry");
                            scene.goOn();
                            scene.app().awaitFailedLeg();
                            Machine.up();
                        },
                        new Published("a").pods(2)),
                row(
                        "node-deleted",
                        Step.Building,
                        "Node deleted, kubelet restarted",
                        scene -> {
                            Machine.run("kubectl", "delete", "node", "local", "--wait=false");
                            restart("kubelet");
                        },
                        new Published("a")),
                row(
                        "node-drained",
                        Step.Building,
                        "node gets a NoExecute taint until the leg's pod is gone",
                        scene -> {
                            var before = scene.app().legPod().getMetadata().getUid();
                            Machine.run("kubectl", "taint", "node", "local", "fault=drained:NoExecute");
                            try {
                                await().atMost(Scene.LIMIT)
                                        .until(() -> scene.app().legPods().stream()
                                                .noneMatch(pod -> pod.getMetadata()
                                                        .getUid()
                                                        .equals(before)));
                            } finally {
                                Machine.run("kubectl", "taint", "node", "local", "fault-");
                            }
                        },
                        new Published("a").pods(2)),
                row(
                        "node-not-ready",
                        Step.Building,
                        "kubelet away until the node counts as lost",
                        scene -> {
                            Machine.kill("kubelet");
                            scene.goOn();
                            await().atMost(NOT_READY)
                                    .until(() -> scene
                                            .cluster()
                                            .client()
                                            .nodes()
                                            .withName("local")
                                            .require()
                                            .getStatus()
                                            .getConditions()
                                            .stream()
                                            .anyMatch(condition -> condition
                                                            .getType()
                                                            .equals("Ready")
                                                    && condition.getStatus().equals("Unknown")));
                            Machine.up();
                        },
                        new Published("a")),
                nodeLostUnderBlanketToleration(),
                mergeUnschedulable());
    }

    /** Kubernetes evicts no pod that tolerates everything: the operator takes it away. */
    private static Fault nodeLostUnderBlanketToleration() {
        var clock = new ShiftedClock();
        return row(
                        "node-lost-tolerated",
                        Step.Building,
                        "kubelet away until the leg of a pool that tolerates every taint counts as lost",
                        scene -> {
                            clock.jump(PATIENCE);
                            Machine.kill("kubelet");
                            scene.app().awaitLost(FailureReason.NodeLost);
                            Machine.up();
                        },
                        new Published("a").pods(2))
                .withLegs(List.of(LegBuilder.builder()
                        .platform("linux/amd64")
                        .pool("tolerant")
                        .build()))
                .after(scene -> scene.own(OwnOperator.instead(scene, clock)));
    }

    private static Fault mergeUnschedulable() {
        var clock = new ShiftedClock();
        return row(
                        "merge-unschedulable",
                        Step.Building,
                        "no node takes the merge's pod until the build says so",
                        scene -> {
                            Machine.run("kubectl", "cordon", "local");
                            clock.jump(PATIENCE);
                            try {
                                scene.goOn();
                                scene.app().awaitReadyMessage("No node takes the pod");
                            } finally {
                                Machine.run("kubectl", "uncordon", "local");
                            }
                        },
                        new Published("a"))
                .after(scene -> scene.own(OwnOperator.instead(scene, clock)));
    }

    static void restart(String component) throws IOException, InterruptedException {
        Machine.kill(component);
        Machine.up();
    }

    /** The leg has pushed its image, though nobody says so. */
    private static void awaitPush(Scene scene) {
        await().atMost(Scene.LIMIT)
                .until(() -> scene.app().repositories().stream()
                        .allMatch(repository ->
                                scene.images().digest(repository, ANCHOR).isPresent()));
    }
}
