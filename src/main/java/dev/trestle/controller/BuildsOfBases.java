package dev.trestle.controller;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BaseImage;
import dev.trestle.core.Labels;
import dev.trestle.core.Names;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The builds that a base depends on: its own, those that are made on it, and those that own it. They wake it, and it reads them from the same
 * cache: another one may not have the waking event yet, and nothing wakes the base again when it has.
 */
final class BuildsOfBases {
    private static final String BY_BASE = "base";
    private static final String BY_UID = "uid";

    private final AtomicReference<InformerEventSource<BackendBuild, BaseImage>> source = new AtomicReference<>();
    private final Stores stores;
    private final Callbacks callbacks;

    BuildsOfBases(Stores stores) {
        this.stores = stores;
        this.callbacks = stores.callbacks();
    }

    /** @param wake called with a base that a build has left for another */
    InformerEventSource<BackendBuild, BaseImage> of(EventSourceContext<BaseImage> context, Consumer<ResourceID> wake) {
        var configuration = InformerEventSourceConfiguration.from(BackendBuild.class, BaseImage.class)
                .withName("builds")
                .withNamespacesInheritedFromController()
                .withItemStore(stores.trimming(BuildTrim::trim))
                .withOnUpdateFilter(callbacks.filter((now, before) -> {
                    basesOf(before).stream()
                            .filter(base -> !basesOf(now).contains(base))
                            .forEach(wake);
                    return BuildTrim.matters(now, before);
                }))
                .withSecondaryToPrimaryMapper(callbacks.mapper(BuildsOfBases::basesOf))
                .<BaseImage>withPrimaryToSecondaryMapper(base -> Set.of(new ResourceID(
                        Names.buildOfBase(base.getMetadata().getName()),
                        base.getMetadata().getNamespace())))
                .build();
        var made = new InformerEventSource<>(configuration, context);
        made.addIndexers(Map.of(
                BY_BASE, callbacks.index(build -> baseOf(build).map(List::of).orElse(List.of())),
                BY_UID, callbacks.index(build -> List.of(build.getMetadata().getUid()))));
        source.set(made);
        return made;
    }

    /** Every build that is made on this base, referring to it or claiming it. */
    List<BackendBuild> consumersOf(BaseImage base) {
        return by(
                BY_BASE,
                BuildEventSources.baseKey(
                        base.getMetadata().getNamespace(), base.getMetadata().getName()));
    }

    /** The builds that own this base, as far as they are there. */
    List<BackendBuild> ownersOf(BaseImage base) {
        return base.getMetadata().getOwnerReferences().stream()
                .map(OwnerReference::getUid)
                .flatMap(uid -> by(BY_UID, uid).stream())
                .toList();
    }

    private List<BackendBuild> by(String index, String key) {
        return Optional.ofNullable(source.get())
                .map(builds -> builds.byIndex(index, key))
                .orElse(List.of());
    }

    /** A base is woken by its own build, and by those that are made on it. */
    private static Set<ResourceID> basesOf(BackendBuild build) {
        var bases = new HashSet<>(BuildEventSources.labelled(build, Labels.BASE));
        build.getSpec()
                .baseName()
                .ifPresent(base ->
                        bases.add(new ResourceID(base, build.getMetadata().getNamespace())));
        return bases;
    }

    private static Optional<String> baseOf(BackendBuild build) {
        return build.getSpec()
                .baseName()
                .map(base -> BuildEventSources.baseKey(build.getMetadata().getNamespace(), base));
    }
}
