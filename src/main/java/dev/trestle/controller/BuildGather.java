package dev.trestle.controller;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BaseImage;
import dev.trestle.api.ManifestMerge;
import dev.trestle.core.config.Configuration;
import dev.trestle.core.plan.BaseView;
import dev.trestle.core.plan.Conflict;
import dev.trestle.core.plan.References;
import dev.trestle.core.plan.Snapshot;
import dev.trestle.core.plan.SourceView;
import dev.trestle.core.render.Owner;
import dev.trestle.source.SourceWatch;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads all that a build's next step depends on: informers, the source watch, the configuration, the clock. Nobody else reads. */
public final class BuildGather {
    private final Supplier<Configuration> configuration;
    private final SourceWatch sources;
    private final Clock clock;

    public BuildGather(Supplier<Configuration> configuration, SourceWatch sources, Clock clock) {
        this.configuration = configuration;
        this.sources = sources;
        this.clock = clock;
    }

    Snapshot snapshotOf(BackendBuild build, Context<BackendBuild> context) {
        return new Snapshot(
                build,
                sourceOf(build),
                baseOf(build, context),
                owned(build, Pod.class, context),
                owned(build, ManifestMerge.class, context),
                conflictOf(build, context),
                configuration.get(),
                clock.instant());
    }

    private SourceView sourceOf(BackendBuild build) {
        return BuildEventSources.followedBy(build)
                .map(sources::viewOf)
                .orElseGet(() -> new SourceView.Known(
                        String.valueOf(build.getSpec().source().git().revision())));
    }

    private static BaseView baseOf(BackendBuild build, Context<BackendBuild> context) {
        var use = build.getSpec().base();
        if (use == null) {
            return new BaseView.None();
        }
        var found = context.getSecondaryResources(BaseImage.class).stream()
                .filter(base -> base.getMetadata().getName().equals(use.ref().name()))
                .findFirst();
        return BaseView.of(use.ref().name(), found);
    }

    private static <R extends HasMetadata> List<R> owned(
            BackendBuild build, Class<R> type, Context<BackendBuild> context) {
        return context.getSecondaryResourcesAsStream(type)
                .filter(child -> Owner.owns(build, child))
                .toList();
    }

    private static Optional<Conflict> conflictOf(BackendBuild build, Context<BackendBuild> context) {
        var others = References.writtenBy(build).stream()
                .flatMap(reference ->
                        context.getPrimaryCache().byIndex(BuildEventSources.BY_REFERENCE, reference).stream())
                .toList();
        return Conflict.of(build, others);
    }
}
