package dev.trestle.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trestle.api.ConditionStatus;
import dev.trestle.api.ManifestMerge;
import dev.trestle.e2e.TestCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.util.ArrayList;
import java.util.List;

/** What may be left of a build that has come to its end: pods and Jobs that have ended, and no more than the last two merges. */
final class Leaks {
    private static final int MOST_MERGES = 2;

    private Leaks() {}

    static void assertNone(Scene scene) {
        assertNone(scene.cluster(), MOST_MERGES);
    }

    /** @param mostMerges that may be kept altogether */
    static void assertNone(TestCluster cluster, int mostMerges) {
        await().atMost(Scene.LIMIT)
                .untilAsserted(() -> assertThat(objects(cluster).stream()
                                .filter(Leaks::isBusy)
                                .map(object -> object.getKind() + " "
                                        + object.getMetadata().getName()))
                        .as("objects that have not ended")
                        .isEmpty());
        await().atMost(Scene.LIMIT)
                .untilAsserted(() -> assertThat(merges(cluster))
                        .hasSizeLessThanOrEqualTo(mostMerges)
                        .allMatch(Leaks::hasEnded, "has ended"));
    }

    private static List<HasMetadata> objects(TestCluster cluster) {
        var client = cluster.client();
        var all = new ArrayList<HasMetadata>();
        all.addAll(client.pods().inNamespace(cluster.namespace()).list().getItems());
        all.addAll(client.batch()
                .v1()
                .jobs()
                .inNamespace(cluster.namespace())
                .list()
                .getItems());
        all.addAll(client.leases().inNamespace(cluster.namespace()).list().getItems());
        return all;
    }

    private static List<ManifestMerge> merges(TestCluster cluster) {
        return cluster.client()
                .resources(ManifestMerge.class)
                .inNamespace(cluster.namespace())
                .list()
                .getItems();
    }

    private static boolean isBusy(HasMetadata object) {
        return object.getMetadata().getDeletionTimestamp() != null
                || switch (object) {
                    case Pod pod ->
                        !List.of("Succeeded", "Failed").contains(pod.getStatus().getPhase());
                    case Job job ->
                        job.getStatus().getActive() != null && job.getStatus().getActive() > 0;
                    case Lease _ -> true;
                    default -> true;
                };
    }

    private static boolean hasEnded(ManifestMerge merge) {
        return merge.getStatus() != null
                && merge.getStatus().conditions().stream()
                        .anyMatch(condition ->
                                condition.type().equals("Succeeded") && condition.status() != ConditionStatus.Unknown);
    }
}
