package dev.trestle.e2e;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Every object of a kind that has ever been in a namespace, deleted ones too: what a list at the end cannot tell. */
public final class Seen<T extends HasMetadata> implements AutoCloseable, ResourceEventHandler<T> {
    private final Map<String, T> byUid = new ConcurrentHashMap<>();
    private final List<T> versions = new CopyOnWriteArrayList<>();
    private final SharedIndexInformer<T> informer;

    /** @param namespaced such as {@code client.pods().inNamespace("ours")} */
    public Seen(FilterWatchListDeletable<T, ?, ?> namespaced) {
        informer = namespaced.inform(this);
    }

    /** The objects with this label as each was last, the oldest first. */
    public List<T> labelled(String label, String value) {
        return byUid.values().stream()
                .filter(seen -> value.equals(seen.getMetadata().getLabels().get(label)))
                .sorted(Comparator.comparing(seen -> seen.getMetadata().getCreationTimestamp()))
                .toList();
    }

    /** All that an object has been, in order. */
    public List<T> versionsOf(String name) {
        return versions.stream()
                .filter(seen -> seen.getMetadata().getName().equals(name))
                .toList();
    }

    /** UIDs of all objects. */
    public List<String> uids() {
        return byUid.keySet().stream().sorted().toList();
    }

    @Override
    public void onAdd(T added) {
        keep(added);
    }

    @Override
    public void onUpdate(T before, T now) {
        keep(now);
    }

    @Override
    public void onDelete(T last, boolean finalStateUnknown) {
        keep(last);
    }

    private void keep(T version) {
        versions.add(version);
        byUid.put(version.getMetadata().getUid(), version);
    }

    @Override
    public void close() {
        informer.close();
    }
}
