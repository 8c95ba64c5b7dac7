package dev.trestle.controller;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BaseImage;
import dev.trestle.core.Labels;
import dev.trestle.core.Names;
import dev.trestle.core.plan.BasePlan;
import dev.trestle.core.plan.BaseSnapshot;
import dev.trestle.core.status.Announcements;
import dev.trestle.core.status.BaseStatus;
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
import java.util.Optional;
import java.util.Set;

/** Keeps a base's build as the base says, and tells the base's age. */
@ControllerConfiguration(name = "baseimage", fieldManager = "trestle")
public final class BaseImageReconciler implements Reconciler<BaseImage> {
    private final Clock clock;
    private final EventRecorder events;
    private final BaseObserver observer;

    public BaseImageReconciler(Clock clock, EventRecorder events, BaseObserver observer) {
        this.clock = clock;
        this.events = events;
        this.observer = observer;
    }

    @Override
    public List<EventSource<?, BaseImage>> prepareEventSources(EventSourceContext<BaseImage> context) {
        var builds = InformerEventSourceConfiguration.from(BackendBuild.class, BaseImage.class)
                .withName("builds")
                .withNamespacesInheritedFromController()
                .withItemStore(Trim.managedFields())
                .withLabelSelector(Labels.BASE)
                .withSecondaryToPrimaryMapper(build -> BuildEventSources.labelled(build, Labels.BASE))
                .<BaseImage>withPrimaryToSecondaryMapper(base -> Set.of(new ResourceID(
                        Names.buildOfBase(base.getMetadata().getName()),
                        base.getMetadata().getNamespace())))
                .build();
        return List.of(new InformerEventSource<>(builds, context));
    }

    @Override
    public UpdateControl<BaseImage> reconcile(BaseImage base, Context<BaseImage> context) {
        var snapshot = new BaseSnapshot(base, buildOf(base, context), clock.instant());
        var decision = BasePlan.decide(snapshot);
        decision.apply().ifPresent(build -> context.resourceOperations().serverSideApply(build));
        var status = BaseStatus.of(snapshot, decision);
        var written = StatusWriter.write(
                base, status, BaseImage::new, context, decision.wakeAt(snapshot.now()), snapshot.now());
        observer.passed(snapshot, decision);
        events.record(base, Announcements.of(snapshot.status(), status));
        return written;
    }

    private static Optional<BackendBuild> buildOf(BaseImage base, Context<BaseImage> context) {
        var name = Names.buildOfBase(base.getMetadata().getName());
        return context.getSecondaryResources(BackendBuild.class).stream()
                .filter(build -> build.getMetadata().getName().equals(name))
                .findFirst();
    }
}
