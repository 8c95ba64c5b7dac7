package dev.trestle.controller;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.ManifestMerge;
import dev.trestle.core.Labels;
import dev.trestle.core.admit.PodKey;
import dev.trestle.core.admit.PodsSeen.Sighting;
import dev.trestle.core.admit.RegistryUse;
import dev.trestle.core.render.Registries;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** The builds' merges: each wakes its build, and together they tell how registries take them. */
final class MergeSource {
    private static final String BY_REGISTRY = "registry";
    private static final String BY_LIMIT = "limit";

    private final AtomicReference<InformerEventSource<ManifestMerge, BackendBuild>> merges = new AtomicReference<>();
    private final Stores stores;
    private final Callbacks callbacks;

    MergeSource(Stores stores) {
        this.stores = stores;
        this.callbacks = stores.callbacks();
    }

    EventSource<?, BackendBuild> of(EventSourceContext<BackendBuild> context) {
        var configuration = InformerEventSourceConfiguration.from(ManifestMerge.class, BackendBuild.class)
                .withName("merges")
                .withNamespacesInheritedFromController()
                .withItemStore(stores.trimming(Trim::managedFields))
                .withLabelSelector(Labels.BUILD)
                .withSecondaryToPrimaryMapper(
                        callbacks.mapper(merge -> BuildEventSources.labelled(merge, Labels.BUILD)))
                .build();
        var source = new InformerEventSource<>(configuration, context);
        source.addIndexers(Map.of(
                BY_REGISTRY,
                callbacks.index(merge -> isOfBuild(merge) ? List.copyOf(Registries.of(merge.getSpec())) : List.of()),
                BY_LIMIT,
                callbacks.index(merge -> RegistryUse.limitedBy(merge).stream().toList())));
        merges.set(source);
        return source;
    }

    List<RegistryUse> limitedBy(String registry) {
        return indexed(BY_LIMIT, registry)
                .map(merge -> RegistryUse.of(merge, true))
                .toList();
    }

    List<RegistryUse> usesOf(String registry) {
        return indexed(BY_REGISTRY, registry)
                .map(merge -> RegistryUse.of(merge, isLimitedBy(registry, merge)))
                .toList();
    }

    Optional<Sighting> look(PodKey merge) {
        return Optional.ofNullable(merges.get())
                .flatMap(source -> source.get(new ResourceID(merge.name(), merge.namespace())))
                .map(found -> found.getStatus() != null && found.getStatus().finishedAt() != null
                        ? Sighting.Ended
                        : Sighting.Running);
    }

    private static boolean isOfBuild(ManifestMerge merge) {
        return merge.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> owner.getKind().equals(HasMetadata.getKind(BackendBuild.class)));
    }

    private static boolean isLimitedBy(String registry, ManifestMerge merge) {
        return RegistryUse.limitedBy(merge).filter(registry::equals).isPresent();
    }

    private Stream<ManifestMerge> indexed(String index, String registry) {
        return Optional.ofNullable(merges.get()).stream().flatMap(source -> source.byIndex(index, registry).stream());
    }
}
