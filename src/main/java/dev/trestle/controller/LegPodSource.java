package dev.trestle.controller;

import dev.trestle.api.BackendBuild;
import dev.trestle.core.Labels;
import dev.trestle.core.admit.PodKey;
import dev.trestle.core.admit.PodsSeen.Sighting;
import dev.trestle.core.admit.RegistryUse;
import dev.trestle.core.admit.RunningLeg;
import io.fabric8.kubernetes.api.model.Pod;
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

/** The legs' pods: each wakes its build, and together they tell how full the pools are. */
final class LegPodSource {
    /** Pods with a place in a pool, by that pool. */
    private static final String BY_POOL = "pool";
    /** Pods by the registries that they were started for, and by the one that answered 429. */
    private static final String BY_REGISTRY = "registry";

    private static final String BY_LIMIT = "limit";

    private final AtomicReference<InformerEventSource<Pod, BackendBuild>> pods = new AtomicReference<>();
    private final Stores stores;
    private final Callbacks callbacks;

    LegPodSource(Stores stores) {
        this.stores = stores;
        this.callbacks = stores.callbacks();
    }

    EventSource<?, BackendBuild> of(EventSourceContext<BackendBuild> context) {
        var configuration = InformerEventSourceConfiguration.from(Pod.class, BackendBuild.class)
                .withName("leg-pods")
                .withNamespacesInheritedFromController()
                .withLabelSelector("%s=%s,%s".formatted(Labels.MANAGED_BY, Labels.TRESTLE, Labels.LEG))
                .withItemStore(stores.trimming(Trim::pod))
                .withOnUpdateFilter(callbacks.filter(PodChanges::matter))
                .withSecondaryToPrimaryMapper(callbacks.mapper(pod -> BuildEventSources.labelled(pod, Labels.BUILD)))
                .build();
        var source = new InformerEventSource<>(configuration, context);
        source.addIndexers(Map.of(
                BY_POOL,
                callbacks.index(pod ->
                        RunningLeg.of(pod).map(RunningLeg::pool).map(List::of).orElse(List.of())),
                BY_REGISTRY,
                callbacks.index(RegistryUse::registriesOf),
                BY_LIMIT,
                callbacks.index(pod -> RegistryUse.limitedBy(pod).stream().toList())));
        pods.set(source);
        return source;
    }

    /** A pod that was just created is not in the index until the API server has reported it. */
    List<RunningLeg> runningIn(String pool) {
        return indexed(BY_POOL, pool)
                .flatMap(pod -> RunningLeg.of(pod).stream())
                .toList();
    }

    List<RegistryUse> limitedBy(String registry) {
        return indexed(BY_LIMIT, registry).map(pod -> RegistryUse.of(pod, true)).toList();
    }

    /** Without those that it has answered 429. */
    List<RegistryUse> usesOf(String registry) {
        return indexed(BY_REGISTRY, registry)
                .map(pod -> RegistryUse.of(pod, false))
                .toList();
    }

    private Stream<Pod> indexed(String index, String value) {
        return Optional.ofNullable(pods.get()).stream().flatMap(source -> source.byIndex(index, value).stream());
    }

    Optional<Sighting> look(PodKey pod) {
        return Optional.ofNullable(pods.get())
                .flatMap(source -> source.get(new ResourceID(pod.name(), pod.namespace())))
                .map(found -> RunningLeg.of(found).isPresent() ? Sighting.Running : Sighting.Ended);
    }
}
