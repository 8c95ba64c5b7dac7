package dev.trestle.faults;

import static dev.trestle.faults.Fault.row;
import static org.awaitility.Awaitility.await;

import dev.trestle.api.ManifestMerge;
import dev.trestle.core.Labels;
import dev.trestle.faults.Expected.Gone;
import dev.trestle.faults.Expected.Published;
import java.util.List;

/** What people do in the middle of a merge. */
final class MergeFaults {
    private MergeFaults() {}

    static List<Fault> rows() {
        return List.of(
                row(
                        "deleted-in-merge",
                        Step.Merging,
                        "BackendBuild deleted",
                        scene -> {
                            scene.app().delete();
                            await().atMost(Scene.LIMIT)
                                    .until(() -> scene.app().mergePods().isEmpty());
                        },
                        new Gone()),
                row(
                        "namespace-deleted-in-merge",
                        Step.Merging,
                        "namespace deleted while the registry refuses connections",
                        scene -> RequestFaults.deleteNamespace(scene),
                        new Gone()),
                row(
                        "changed-in-merge",
                        Step.Merging,
                        "spec changed",
                        scene -> scene.app().apply("b"),
                        new Published("b").pods(2).merges(2)),
                row(
                        "cancelled-in-merge",
                        Step.Merging,
                        "cancelled by annotation: a merge that has begun is finished",
                        scene -> {
                            scene.app().annotate(Labels.CANCEL);
                            await().atMost(Scene.LIMIT)
                                    .until(() -> scene.app().get().getStatus().requests() != null);
                        },
                        new Published("a")),
                row(
                        "suspended-in-merge",
                        Step.Merging,
                        "suspended: a merge that has begun is finished",
                        scene -> scene.app().suspend(true),
                        new Published("a")),
                row(
                        "merge-pod-deleted",
                        Step.Merging,
                        "merge's pod deleted with no grace",
                        scene -> scene.app()
                                .mergePods()
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
                        new Published("a").merges(2)),
                row(
                        "merge-suspended",
                        Step.Merging,
                        "merge's Job suspended, as Kueue does, until the build says so",
                        MergeFaults::suspendJob,
                        new Published("a")),
                row(
                        "merge-secret-missing",
                        Step.Before,
                        "push Secret deleted while the leg builds, until the build says so",
                        MergeFaults::deleteSecret,
                        new Published("a")));
    }

    private static void suspendJob(Scene scene) {
        setSuspended(scene, true);
        await().atMost(Scene.LIMIT).until(() -> scene.app().mergePods().isEmpty());
        scene.app().awaitReadyMessage("suspended");
        setSuspended(scene, false);
    }

    private static void setSuspended(Scene scene, boolean suspend) {
        scene.cluster().client().batch().v1().jobs().inNamespace(scene.cluster().namespace()).list().getItems().stream()
                .map(scene.cluster().client()::resource)
                .forEach(job -> job.edit(found -> {
                    found.getSpec().setSuspend(suspend);
                    return found;
                }));
    }

    private static void deleteSecret(Scene scene) {
        var secret = scene.app().createPushSecret();
        scene.app().applyWithPushSecret("a");
        scene.gate().awaitArrivals(1);
        scene.cluster().client().resource(secret).delete();
        scene.goOn();
        scene.app().awaitReadyMessage("Secret '%s'".formatted(Subject.PUSH_SECRET));
        scene.app().createPushSecret();
    }
}
