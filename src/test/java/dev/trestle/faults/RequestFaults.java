package dev.trestle.faults;

import static dev.trestle.faults.Fault.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.ManifestMerge;
import dev.trestle.api.Reason;
import dev.trestle.core.Labels;
import dev.trestle.faults.Expected.Gone;
import dev.trestle.faults.Expected.Nothing;
import dev.trestle.faults.Expected.Published;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What people do in the middle of a build: cancel, suspend, change, delete. */
final class RequestFaults {
    private static final Duration NAMESPACE_LIMIT = Duration.ofSeconds(60);

    private RequestFaults() {}

    static List<Fault> rows() {
        return List.of(
                row("deleted-in-build", Step.Building, "BackendBuild deleted", RequestFaults::delete, new Gone()),
                row(
                        "deleted-in-merge",
                        Step.Merging,
                        "BackendBuild deleted",
                        scene -> {
                            delete(scene);
                            await().atMost(Scene.LIMIT)
                                    .until(() -> scene.mergePods().isEmpty());
                        },
                        new Gone()),
                row(
                        "namespace-deleted-registry-down",
                        Step.Building,
                        "namespace deleted while the registry refuses connections",
                        scene -> deleteNamespace(scene),
                        new Gone()),
                row(
                        "namespace-deleted-in-merge",
                        Step.Merging,
                        "namespace deleted while the registry refuses connections",
                        scene -> deleteNamespace(scene),
                        new Gone()),
                row(
                        "changed-in-build",
                        Step.Building,
                        "spec changed",
                        scene -> {
                            scene.apply("b");
                            scene.gate().awaitArrivals(2);
                        },
                        new Published("b").pods(2)),
                row(
                        "changed-in-merge",
                        Step.Merging,
                        "spec changed",
                        scene -> scene.apply("b"),
                        new Published("b").pods(2).merges(2)),
                row(
                        "cancelled-in-build",
                        Step.Building,
                        "cancelled by annotation",
                        scene -> {
                            annotate(scene, Labels.CANCEL);
                            await().atMost(Scene.LIMIT)
                                    .until(() -> scene.legPods().isEmpty());
                        },
                        new Nothing(Reason.Cancelled, Optional.empty())),
                row(
                        "cancelled-in-merge",
                        Step.Merging,
                        "cancelled by annotation: a merge that has begun is finished",
                        scene -> {
                            annotate(scene, Labels.CANCEL);
                            await().atMost(Scene.LIMIT)
                                    .until(() -> scene.build().getStatus().requests() != null);
                        },
                        new Published("a")),
                row(
                        "suspended-in-build",
                        Step.Building,
                        "suspended: the leg ends and is not merged",
                        scene -> {
                            scene.suspend(true);
                            scene.goOn();
                            await().atMost(Scene.LIMIT)
                                    .until(() -> "1/1"
                                            .equals(scene.build().getStatus().legsBuilt()));
                        },
                        new Nothing(Reason.Suspended, Optional.empty())),
                row(
                        "resumed",
                        Step.Building,
                        "suspended until the leg has ended, then resumed",
                        scene -> {
                            scene.suspend(true);
                            scene.goOn();
                            await().atMost(Scene.LIMIT)
                                    .until(() -> "1/1"
                                            .equals(scene.build().getStatus().legsBuilt()));
                            scene.suspend(false);
                        },
                        new Published("a")),
                row(
                        "suspended-in-merge",
                        Step.Merging,
                        "suspended: a merge that has begun is finished",
                        scene -> scene.suspend(true),
                        new Published("a")),
                row(
                        "merge-pod-deleted",
                        Step.Merging,
                        "merge's pod deleted with no grace",
                        scene -> scene.mergePods()
                                .forEach(pod -> scene.cluster()
                                        .client()
                                        .resource(pod)
                                        .withGracePeriod(0)
                                        .delete()),
                        new Published("a")),
                row(
                        "merge-deleted",
                        Step.Merging,
                        "ManifestMerge deleted",
                        scene -> scene.cluster()
                                .client()
                                .resources(ManifestMerge.class)
                                .inNamespace(scene.cluster().namespace())
                                .delete(),
                        new Published("a").merges(2)));
    }

    private static void delete(Scene scene) {
        scene.cluster()
                .client()
                .resources(BackendBuild.class)
                .inNamespace(scene.cluster().namespace())
                .withName(Scene.BUILD)
                .delete();
    }

    private static void deleteNamespace(Scene scene) {
        scene.registry().answer(_ -> new Answer.Cut());
        var namespaces = scene.cluster().client().namespaces();
        namespaces.withName(scene.cluster().namespace()).delete();
        await().atMost(NAMESPACE_LIMIT)
                .until(() -> namespaces.withName(scene.cluster().namespace()).get() == null);
        assertThat(scene.legPods()).isEmpty();
    }

    static void annotate(Scene scene, String annotation) {
        scene.cluster()
                .client()
                .resources(BackendBuild.class)
                .inNamespace(scene.cluster().namespace())
                .withName(Scene.BUILD)
                .edit(build -> {
                    build.getMetadata().getAnnotations().put(annotation, "now");
                    return build;
                });
    }
}
