package dev.trestle.controller;

import dev.trestle.api.ManifestMerge;
import dev.trestle.core.Labels;
import dev.trestle.core.config.Configuration;
import dev.trestle.core.plan.MergePlan;
import dev.trestle.core.plan.MergePlan.Step;
import dev.trestle.core.plan.MergeSnapshot;
import dev.trestle.core.status.Announcements;
import dev.trestle.core.status.MergeStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Gives a merge its Job, and takes the report of the Job's pod for the result. */
@ControllerConfiguration(
        name = ManifestMergeReconciler.NAME,
        fieldManager = SpecOrRequestChanges.FIELD_MANAGER,
        generationAwareEventProcessing = false,
        informer = @Informer(onUpdateFilter = SpecOrRequestChanges.class))
public final class ManifestMergeReconciler implements Reconciler<ManifestMerge> {
    static final String NAME = "manifestmerge";
    private static final String SELECTOR = "%s=%s,%s".formatted(Labels.MANAGED_BY, Labels.TRESTLE, Labels.MERGE);

    private final Supplier<Configuration> configuration;
    private final Clock clock;
    private final EventRecorder events;
    private final Passes passes;
    private final Stores stores;
    private final Callbacks callbacks;

    public ManifestMergeReconciler(
            Supplier<Configuration> configuration, Clock clock, EventRecorder events, Passes passes, Stores stores) {
        this.configuration = configuration;
        this.clock = clock;
        this.events = events;
        this.passes = passes;
        this.stores = stores;
        this.callbacks = stores.callbacks();
    }

    @Override
    public List<EventSource<?, ManifestMerge>> prepareEventSources(EventSourceContext<ManifestMerge> context) {
        var jobs = InformerEventSourceConfiguration.from(Job.class, ManifestMerge.class)
                .withName("merge-jobs")
                .withNamespacesInheritedFromController()
                .withLabelSelector(SELECTOR)
                .withItemStore(stores.trimming(Trim::job))
                .withSecondaryToPrimaryMapper(callbacks.mapper(ManifestMergeReconciler::mergeOf))
                .build();
        var pods = InformerEventSourceConfiguration.from(Pod.class, ManifestMerge.class)
                .withName("merge-pods")
                .withNamespacesInheritedFromController()
                .withLabelSelector(SELECTOR)
                .withItemStore(stores.trimming(Trim::pod))
                .withOnUpdateFilter(callbacks.filter(PodChanges::matter))
                .withSecondaryToPrimaryMapper(callbacks.mapper(ManifestMergeReconciler::mergeOf))
                .build();
        return List.of(new InformerEventSource<>(jobs, context), new InformerEventSource<>(pods, context));
    }

    @Override
    public UpdateControl<ManifestMerge> reconcile(ManifestMerge merge, Context<ManifestMerge> context) {
        return passes.run(NAME, merge, () -> pass(merge, context), _ -> {});
    }

    private UpdateControl<ManifestMerge> pass(ManifestMerge merge, Context<ManifestMerge> context) {
        var snapshot = snapshotOf(merge, context);
        var step = apply(MergePlan.decide(snapshot), context);
        var status = MergeStatus.of(snapshot, step);
        var wakeAt = MergePlan.wakeAt(step, snapshot.now());
        var written = StatusWriter.write(merge, status, context, wakeAt, snapshot.now());
        events.record(merge, Announcements.of(snapshot.status(), status));
        return written;
    }

    private static Step apply(Step step, Context<ManifestMerge> context) {
        return step instanceof Step.Start(var job)
                ? Apply.create(job, context).<Step>map(Step.Refused::new).orElse(step)
                : step;
    }

    private MergeSnapshot snapshotOf(ManifestMerge merge, Context<ManifestMerge> context) {
        var job = context.getSecondaryResources(Job.class).stream()
                .filter(found ->
                        found.getMetadata().getName().equals(merge.getMetadata().getName()))
                .findFirst();
        var pods = List.copyOf(context.getSecondaryResources(Pod.class));
        return new MergeSnapshot(merge, job, pods, configuration.get(), clock.instant());
    }

    private static Set<ResourceID> mergeOf(HasMetadata child) {
        return BuildEventSources.labelled(child, Labels.MERGE);
    }
}
