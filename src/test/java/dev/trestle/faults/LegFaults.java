package dev.trestle.faults;

import static dev.trestle.faults.Fault.row;
import static org.awaitility.Awaitility.await;

import dev.trestle.api.Leg;
import dev.trestle.api.LegBuilder;
import dev.trestle.api.LegFailure.FailureClass;
import dev.trestle.api.Reason;
import dev.trestle.core.Labels;
import dev.trestle.faults.Expected.Kept;
import dev.trestle.faults.Expected.Nothing;
import dev.trestle.faults.Expected.Published;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/** What befalls a leg's pod. */
final class LegFaults {
    private static final String EATS_MEMORY = "tail <(head -c 1G /dev/zero) > /dev/null";
    private static final List<Leg> SMALL =
            List.of(LegBuilder.builder().platform("linux/amd64").pool("small").build());

    private LegFaults() {}

    static List<Fault> rows() {
        return List.of(
                row(
                        "pod-force-deleted",
                        Step.Building,
                        "leg's pod deleted with no grace",
                        scene -> {
                            var pod = scene.app().legPod();
                            scene.cluster()
                                    .client()
                                    .resource(pod)
                                    .withGracePeriod(0)
                                    .delete();
                            scene.gate().awaitArrivals(2);
                        },
                        new Published("a").pods(2)),
                row(
                        "pod-evicted",
                        Step.Building,
                        "leg's pod evicted by the Eviction API",
                        scene -> {
                            var pod = scene.app().legPod().getMetadata();
                            scene.cluster()
                                    .client()
                                    .pods()
                                    .inNamespace(pod.getNamespace())
                                    .withName(pod.getName())
                                    .evict();
                            scene.gate().awaitArrivals(2);
                        },
                        new Published("a").pods(2)),
                row(
                        "pod-preempted",
                        Step.Building,
                        "leg's pod preempted by the scheduler, for a pod of a higher priority that can't be beside it",
                        LegFaults::preempt,
                        new Published("a").pods(2)),
                row(
                                "one-of-two-pods-deleted",
                                Step.Building,
                                "one of two legs' pods deleted",
                                scene -> {
                                    scene.cluster()
                                            .client()
                                            .resource(scene.app().legPod())
                                            .delete();
                                    scene.gate().awaitArrivals(3);
                                },
                                new Published("a").pods(3))
                        .withLegs(Fault.TWO_LEGS),
                row(
                                "out-of-memory",
                                Step.Published,
                                "the next build eats more memory than its pool allows",
                                scene -> scene.app().apply("b", EATS_MEMORY),
                                new Kept("a", Reason.LegFailed, Optional.of(FailureClass.OutOfMemory)))
                        .withLegs(SMALL),
                row(
                        "step-fails",
                        Step.Published,
                        "a step of the next build fails",
                        scene -> scene.app().apply("b", "exit 3"),
                        new Kept("a", Reason.LegFailed, Optional.of(FailureClass.User))),
                row(
                                "one-of-two-legs-fails",
                                Step.Published,
                                "a step of one of two legs fails",
                                scene -> scene.app().apply("b", "grep amd64 /made"),
                                new Kept("a", Reason.LegFailed, Optional.of(FailureClass.User)))
                        .withLegs(Fault.TWO_LEGS),
                row(
                                "one-of-two-legs-fails-at-first",
                                Step.Before,
                                "a step of one of two legs fails, nothing published before",
                                scene -> scene.app().apply("a", "grep amd64 /made"),
                                new Nothing(Reason.LegFailed, Optional.of(FailureClass.User)))
                        .withLegs(Fault.TWO_LEGS),
                row(
                        "push-secret-missing",
                        Step.Before,
                        "push Secret is not there until the build says so",
                        scene -> {
                            scene.app().applyWithPushSecret("a");
                            scene.app().awaitReadyMessage("Secret '%s'".formatted(Subject.PUSH_SECRET));
                            scene.app().createPushSecret();
                        },
                        new Published("a")),
                row(
                        "message-missing",
                        Step.Building,
                        "file of the termination message deleted on the node",
                        scene -> {
                            Files.delete(Node.terminationLog(scene.app().legPod()));
                            scene.goOn();
                            scene.gate().awaitArrivals(2);
                        },
                        new Published("a").pods(2)),
                row(
                        "message-garbage",
                        Step.Building,
                        "termination message replaced by bytes that are no text",
                        scene -> replaceMessage(scene, garbage(2_000)),
                        new Published("a").pods(2)),
                row(
                        "message-1-MB",
                        Step.Building,
                        "termination message replaced by 1 MB of text",
                        scene -> replaceMessage(
                                scene, "{\"digest\":\"x\",".repeat(75_000).getBytes(StandardCharsets.UTF_8)),
                        new Published("a").pods(2)),
                row(
                        "message-half",
                        Step.Building,
                        "termination message replaced by one that is cut short",
                        scene -> replaceMessage(scene, "{\"digest\":\"sha256:0123".getBytes(StandardCharsets.UTF_8)),
                        new Published("a").pods(2)));
    }

    private static void preempt(Scene scene) {
        var preempted = scene.app().legPod().getMetadata().getUid();
        var rival = scene.cluster().client().resource(rivalOf(scene)).create();
        await().atMost(Scene.LIMIT)
                .until(() -> scene.app().legPods().stream()
                        .noneMatch(pod -> pod.getMetadata().getUid().equals(preempted)));
        scene.cluster().client().resource(rival).withGracePeriod(0).delete();
        scene.gate().awaitArrivals(2);
    }

    /** It need not run, only be scheduled. */
    private static Pod rivalOf(Scene scene) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("rival")
                .withNamespace(scene.cluster().namespace())
                .endMetadata()
                .withNewSpec()
                .withPriorityClassName("system-cluster-critical")
                .withNewAffinity()
                .withNewPodAntiAffinity()
                .addNewRequiredDuringSchedulingIgnoredDuringExecution()
                .withTopologyKey("kubernetes.io/hostname")
                .withNewLabelSelector()
                .addToMatchLabels(Labels.BUILD, Subject.NAME)
                .endLabelSelector()
                .endRequiredDuringSchedulingIgnoredDuringExecution()
                .endPodAntiAffinity()
                .endAffinity()
                .addNewContainer()
                .withName("rival")
                .withImage("rival.invalid/rival")
                .withImagePullPolicy("Never")
                .endContainer()
                .endSpec()
                .build();
    }

    /** A new file under the same name: what the container writes goes to the old one, and the kubelet reads the new one. */
    private static void replaceMessage(Scene scene, byte[] message) throws IOException {
        var file = Node.terminationLog(scene.app().legPod());
        Files.delete(file);
        Files.write(file, message);
        scene.goOn();
        awaitFailed(scene);
    }

    private static void awaitFailed(Scene scene) {
        await().atMost(Scene.LIMIT).until(() -> scene.app().legPods().stream().anyMatch(LegFaults::hasEnded));
    }

    private static boolean hasEnded(Pod pod) {
        return Subject.ended(pod, true);
    }

    private static byte[] garbage(int length) {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++) {
            bytes[i] = (byte) (0x80 + i * 37);
        }
        return bytes;
    }
}
