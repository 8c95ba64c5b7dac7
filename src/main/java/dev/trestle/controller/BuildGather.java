package dev.trestle.controller;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BaseImage;
import dev.trestle.api.ManifestMerge;
import dev.trestle.core.config.Configuration;
import dev.trestle.core.inputs.FileRecipe;
import dev.trestle.core.observe.MergeView;
import dev.trestle.core.plan.BaseView;
import dev.trestle.core.plan.Claims;
import dev.trestle.core.plan.Conflict;
import dev.trestle.core.plan.PublishRight;
import dev.trestle.core.plan.References;
import dev.trestle.core.plan.RunSource;
import dev.trestle.core.plan.Snapshot;
import dev.trestle.core.plan.SourceView;
import dev.trestle.core.render.Owner;
import dev.trestle.source.SourceWatch;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads all that a build's next step depends on: informers, the source watch, the configuration, the clock. No other class reads. */
public final class BuildGather {
    private final Supplier<Configuration> configuration;
    private final SourceWatch sources;
    private final Clock clock;

    public BuildGather(Supplier<Configuration> configuration, SourceWatch sources, Clock clock) {
        this.configuration = configuration;
        this.sources = sources;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    Snapshot snapshotOf(BackendBuild build, Context<BackendBuild> context) {
        var claims = claimsOf(build, context);
        var base = baseOf(context);
        return new Snapshot(
                        build,
                        sourceOf(build),
                        BaseView.of(
                                build,
                                claims,
                                base,
                                name -> baseNamed(name, build.getMetadata().getNamespace(), context)),
                        claims,
                        base,
                        owned(build, Pod.class, context),
                        owned(build, ManifestMerge.class, context).stream()
                                .map(MergeView::of)
                                .toList(),
                        conflictOf(build, context),
                        configuration.get(),
                        clock.instant())
                .withBaseline(baselineOf(build, context));
    }

    private SourceView sourceOf(BackendBuild build) {
        return sources.viewOf(
                BuildEventSources.followedBy(build), FileRecipe.of(build.getSpec()), RunSource.since(build));
    }

    private static Optional<BackendBuild> baselineOf(BackendBuild build, Context<BackendBuild> context) {
        return Optional.ofNullable(build.getSpec().baseline())
                .flatMap(baseline -> context.getPrimaryCache()
                        .get(new ResourceID(baseline.name(), build.getMetadata().getNamespace())));
    }

    private static Claims claimsOf(BackendBuild build, Context<BackendBuild> context) {
        var use = build.getSpec().base();
        if (use == null || use.claim() == null) {
            return Claims.NONE;
        }
        var name = build.getSpec().baseName().orElseThrow();
        var key = BuildEventSources.baseKey(build.getMetadata().getNamespace(), name);
        return Claims.of(name, context.getPrimaryCache().byIndex(BuildEventSources.BY_BASE, key));
    }

    private static Optional<BaseImage> baseOf(Context<BackendBuild> context) {
        return context.getSecondaryResources(BaseImage.class).stream().findFirst();
    }

    private static Optional<BaseImage> baseNamed(String name, String namespace, Context<BackendBuild> context) {
        return context.eventSourceRetriever().getEventSourceFor(BaseImage.class)
                        instanceof InformerEventSource<BaseImage, ?> bases
                ? bases.get(new ResourceID(name, namespace))
                : Optional.empty();
    }

    private static <R extends HasMetadata> List<R> owned(
            BackendBuild build, Class<R> type, Context<BackendBuild> context) {
        return context.getSecondaryResourcesAsStream(type)
                .filter(child -> Owner.owns(build, child))
                .toList();
    }

    private Optional<Conflict> conflictOf(BackendBuild build, Context<BackendBuild> context) {
        var rights = configuration.get().repositories();
        var others = References.writtenBy(build).stream()
                .flatMap(reference ->
                        context.getPrimaryCache().byIndex(BuildEventSources.BY_REFERENCE, reference).stream())
                .filter(other -> PublishRight.isGiven(other, rights))
                .toList();
        return Conflict.of(build, others);
    }
}
