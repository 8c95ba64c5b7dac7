package dev.trestle.fuzz;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BaseImage;
import dev.trestle.api.ManifestMerge;
import dev.trestle.e2e.TestCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** How often each object of the three kinds changes while this is open. */
final class Changes implements AutoCloseable {
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();
    private final List<SharedIndexInformer<?>> informers;

    Changes(TestCluster cluster) {
        informers = Stream.of(BackendBuild.class, BaseImage.class, ManifestMerge.class)
                .<SharedIndexInformer<?>>map(kind -> inform(cluster, kind))
                .toList();
    }

    private <T extends HasMetadata> SharedIndexInformer<T> inform(TestCluster cluster, Class<T> kind) {
        return cluster.client().resources(kind).inNamespace(cluster.namespace()).inform(new ResourceEventHandler<T>() {
            @Override
            public void onAdd(T added) {}

            @Override
            public void onUpdate(T before, T now) {
                count(before, now);
            }

            @Override
            public void onDelete(T last, boolean finalStateUnknown) {}
        });
    }

    List<String> ofMoreThan(int most) {
        return counts.entrySet().stream()
                .filter(count -> count.getValue() > most)
                .map(Objects::toString)
                .sorted()
                .toList();
    }

    private void count(HasMetadata before, HasMetadata now) {
        if (!Objects.equals(
                before.getMetadata().getResourceVersion(), now.getMetadata().getResourceVersion())) {
            counts.merge(now.getKind() + "/" + now.getMetadata().getName(), 1, Integer::sum);
        }
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::close);
    }
}
