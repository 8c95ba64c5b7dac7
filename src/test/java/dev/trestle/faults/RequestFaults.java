package dev.trestle.faults;

import static dev.trestle.faults.Fault.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trestle.api.Leg;
import dev.trestle.api.LegBuilder;
import dev.trestle.api.Reason;
import dev.trestle.core.Labels;
import dev.trestle.faults.Expected.Gone;
import dev.trestle.faults.Expected.Nothing;
import dev.trestle.faults.Expected.Published;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What people do while a build is queued or under way: cancel, suspend, change, delete. */
final class RequestFaults {
    private static final Duration NAMESPACE_LIMIT = Duration.ofSeconds(60);

    private static final List<Leg> NARROW =
            List.of(LegBuilder.builder().platform("linux/amd64").pool("narrow").build());

    private RequestFaults() {}

    static List<Fault> rows() {
        return Stream.of(queued(), inBuild()).flatMap(List::stream).toList();
    }

    private static List<Fault> queued() {
        return Stream.of(
                        row(
                                "cancelled-in-queue",
                                Step.Queued,
                                "cancelled by annotation",
                                scene -> {
                                    scene.app().annotate(Labels.CANCEL);
                                    await().atMost(Scene.LIMIT)
                                            .until(() -> scene.app()
                                                            .get()
                                                            .getStatus()
                                                            .requests()
                                                    != null);
                                },
                                new Nothing(Reason.Cancelled, Optional.empty())),
                        row(
                                "suspended-in-queue",
                                Step.Queued,
                                "suspended",
                                scene -> scene.app().suspend(true),
                                new Nothing(Reason.Suspended, Optional.empty())),
                        row(
                                "deleted-in-queue",
                                Step.Queued,
                                "BackendBuild deleted",
                                scene -> scene.app().delete(),
                                new Gone()),
                        row(
                                "changed-in-queue",
                                Step.Queued,
                                "spec changed: what was queued is never built",
                                scene -> scene.app().apply("b"),
                                new Published("b")))
                .map(fault -> fault.withLegs(NARROW))
                .toList();
    }

    private static List<Fault> inBuild() {
        return List.of(
                row(
                        "deleted-in-build",
                        Step.Building,
                        "BackendBuild deleted",
                        scene -> scene.app().delete(),
                        new Gone()),
                row(
                        "namespace-deleted-registry-down",
                        Step.Building,
                        "namespace deleted while the registry refuses connections",
                        scene -> deleteNamespace(scene),
                        new Gone()),
                row(
                        "changed-in-build",
                        Step.Building,
                        "spec changed",
                        scene -> {
                            scene.app().apply("b");
                            scene.gate().awaitArrivals(2);
                        },
                        new Published("b").pods(2)),
                row(
                        "cancelled-in-build",
                        Step.Building,
                        "cancelled by annotation",
                        scene -> {
                            scene.app().annotate(Labels.CANCEL);
                            await().atMost(Scene.LIMIT)
                                    .until(() -> scene.app().legPods().isEmpty());
                        },
                        new Nothing(Reason.Cancelled, Optional.empty())),
                row(
                        "suspended-in-build",
                        Step.Building,
                        "suspended: the leg ends and is not merged",
                        scene -> {
                            scene.app().suspend(true);
                            scene.goOn();
                            await().atMost(Scene.LIMIT)
                                    .until(() -> "1/1"
                                            .equals(scene.app()
                                                    .get()
                                                    .getStatus()
                                                    .legsBuilt()));
                        },
                        new Nothing(Reason.Suspended, Optional.empty())),
                row(
                        "resumed",
                        Step.Building,
                        "suspended until the leg has ended, then resumed",
                        scene -> {
                            scene.app().suspend(true);
                            scene.goOn();
                            await().atMost(Scene.LIMIT)
                                    .until(() -> "1/1"
                                            .equals(scene.app()
                                                    .get()
                                                    .getStatus()
                                                    .legsBuilt()));
                            scene.app().suspend(false);
                        },
                        new Published("a")));
    }

    static void deleteNamespace(Scene scene) {
        scene.registry().answer(_ -> new Answer.Cut());
        var namespaces = scene.cluster().client().namespaces();
        namespaces.withName(scene.cluster().namespace()).delete();
        await().atMost(NAMESPACE_LIMIT)
                .until(() -> namespaces.withName(scene.cluster().namespace()).get() == null);
        assertThat(scene.app().legPods()).isEmpty();
    }
}
