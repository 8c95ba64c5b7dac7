package dev.trestle.e2e;

import dev.trestle.core.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Every pod that has ever been in a namespace, deleted ones too: what a list at the end cannot tell. */
final class SeenPods implements AutoCloseable, ResourceEventHandler<Pod> {
    private final Map<String, Pod> byUid = new ConcurrentHashMap<>();
    private final SharedIndexInformer<Pod> informer;

    private SeenPods(KubernetesClient client, String namespace) {
        informer = client.pods().inNamespace(namespace).inform(this);
    }

    static SeenPods watch(KubernetesClient client, String namespace) {
        return new SeenPods(client, namespace);
    }

    /** The pods that built {@code build}, the oldest first. */
    List<Pod> of(String build) {
        return byUid.values().stream()
                .filter(pod -> build.equals(pod.getMetadata().getLabels().get(Labels.BUILD)))
                .sorted(Comparator.comparing(pod -> pod.getMetadata().getCreationTimestamp()))
                .toList();
    }

    /** UIDs of all pods. */
    List<String> uids() {
        return byUid.keySet().stream().sorted().toList();
    }

    @Override
    public void onAdd(Pod pod) {
        byUid.put(pod.getMetadata().getUid(), pod);
    }

    @Override
    public void onUpdate(Pod before, Pod pod) {
        byUid.put(pod.getMetadata().getUid(), pod);
    }

    @Override
    public void onDelete(Pod pod, boolean finalStateUnknown) {
        byUid.put(pod.getMetadata().getUid(), pod);
    }

    @Override
    public void close() {
        informer.close();
    }
}
