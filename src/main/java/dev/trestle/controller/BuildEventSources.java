package dev.trestle.controller;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BaseImage;
import dev.trestle.core.admit.BuildKey;
import dev.trestle.core.inputs.FileRecipe;
import dev.trestle.core.plan.Gate;
import dev.trestle.core.plan.References;
import dev.trestle.core.plan.StoppedBase;
import dev.trestle.source.Followed;
import dev.trestle.source.SourceListener;
import dev.trestle.source.Wanted;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The events that wake a build: of its pods, its merges, its base, its source. */
public final class BuildEventSources implements Wanted, SourceListener {
    static final String BY_REFERENCE = "reference";
    static final String BY_BASE = "base";
    private static final String BY_SOURCE = "source";

    private final SimpleInboundEventSource<BackendBuild> outside = new SimpleInboundEventSource<>("outside");
    private final AtomicReference<IndexerResourceCache<BackendBuild>> builds = new AtomicReference<>();
    private final Stores stores;
    private final Callbacks callbacks;
    private final LegPodSource pods;
    private final MergeSource merges;

    public BuildEventSources(Stores stores) {
        this.stores = stores;
        this.callbacks = stores.callbacks();
        this.pods = new LegPodSource(stores);
        this.merges = new MergeSource(stores);
    }

    List<EventSource<?, BackendBuild>> of(EventSourceContext<BackendBuild> context) {
        var cache = context.getPrimaryCache();
        cache.addIndexers(Map.of(
                BY_REFERENCE, callbacks.index(build -> List.copyOf(References.writtenBy(build))),
                BY_BASE, callbacks.index(build -> baseOf(build).map(List::of).orElse(List.of())),
                BY_SOURCE, callbacks.index(build -> List.of(key(followedBy(build))))));
        builds.set(cache);
        return List.of(pods.of(context), merges.of(context), bases(context), outside);
    }

    static Followed followedBy(BackendBuild build) {
        return Followed.of(build.getSpec().source().git());
    }

    @Override
    public void recipesAnswered(Followed followed, Set<FileRecipe> recipes) {
        cache().ifPresent(cache -> cache.byIndex(BY_SOURCE, key(followed)).stream()
                .filter(build -> recipes.contains(FileRecipe.of(build.getSpec())))
                .forEach(build -> outside.propagateEvent(ResourceID.fromResource(build))));
    }

    /** Wakes every build that follows this ref. */
    @Override
    public void sourceChanged(Followed followed) {
        cache().ifPresent(cache -> cache.byIndex(BY_SOURCE, key(followed))
                .forEach(build -> outside.propagateEvent(ResourceID.fromResource(build))));
    }

    /** Wakes every build: the configuration has changed, and any of them may have waited for that. */
    public void configurationChanged() {
        all().map(ResourceID::fromResource).forEach(outside::propagateEvent);
    }

    /** Wakes a build whose turn in a pool has come. */
    void wake(BuildKey build) {
        outside.propagateEvent(new ResourceID(build.name(), build.namespace()));
    }

    boolean isThere(BuildKey build) {
        return cache().flatMap(cache -> cache.get(new ResourceID(build.name(), build.namespace())))
                .isPresent();
    }

    /** All legs and merges. */
    Sightings seen() {
        return new Sightings(pods, merges);
    }

    /** Every build that the operator watches, as it is cached. */
    public Stream<BackendBuild> all() {
        return cache().stream().flatMap(IndexerResourceCache::list);
    }

    @Override
    public Set<Followed> refs() {
        return all().map(BuildEventSources::followedBy).collect(Collectors.toSet());
    }

    @Override
    public Set<FileRecipe> recipesOf(Followed followed) {
        return cache().stream()
                .flatMap(cache -> cache.byIndex(BY_SOURCE, key(followed)).stream())
                .map(build -> FileRecipe.of(build.getSpec()))
                .collect(Collectors.toSet());
    }

    private Optional<IndexerResourceCache<BackendBuild>> cache() {
        return Optional.ofNullable(builds.get());
    }

    /** Many consumers share one base, so a base's consumers are found by index, and a consumer's base by its name. */
    private EventSource<?, BackendBuild> bases(EventSourceContext<BackendBuild> context) {
        var configuration = InformerEventSourceConfiguration.from(BaseImage.class, BackendBuild.class)
                .withName("bases")
                .withNamespacesInheritedFromController()
                .withItemStore(stores.trimming(Trim::managedFields))
                .withOnUpdateFilter(
                        callbacks.filter((now, before) -> !Objects.equals(whatMatters(now), whatMatters(before))))
                .withSecondaryToPrimaryMapper(callbacks.mapper(base -> context
                        .getPrimaryCache()
                        .byIndex(
                                BY_BASE,
                                baseKey(
                                        base.getMetadata().getNamespace(),
                                        base.getMetadata().getName()))
                        .stream()
                        .map(ResourceID::fromResource)
                        .collect(Collectors.toSet())))
                .<BackendBuild>withPrimaryToSecondaryMapper(build -> build.getSpec()
                        .baseName()
                        .map(base ->
                                Set.of(new ResourceID(base, build.getMetadata().getNamespace())))
                        .orElse(Set.of()))
                .build();
        return new InformerEventSource<>(configuration, context);
    }

    /** A consumer looks at the base's images, whether the base is still as its claims have it, and whether its wave is paused. */
    private static List<Object> whatMatters(BaseImage base) {
        var image = base.getStatus() == null ? null : base.getStatus().image();
        return List.of(
                Objects.requireNonNullElse(base.getMetadata().getGeneration(), 0L),
                base.getMetadata().getOwnerReferences(),
                image == null ? "" : image.platforms(),
                StoppedBase.textOf(base),
                Gate.isPaused(base));
    }

    static Set<ResourceID> labelled(HasMetadata child, String label) {
        var name = child.getMetadata().getLabels().get(label);
        return name == null
                ? Set.of()
                : Set.of(new ResourceID(name, child.getMetadata().getNamespace()));
    }

    private static Optional<String> baseOf(BackendBuild build) {
        return build.getSpec()
                .baseName()
                .map(base -> baseKey(build.getMetadata().getNamespace(), base));
    }

    private static String key(Followed followed) {
        return key(followed.url(), followed.ref());
    }

    static String baseKey(String namespace, String name) {
        return key(namespace, name);
    }

    private static String key(String one, String other) {
        return one + " " + other;
    }
}
