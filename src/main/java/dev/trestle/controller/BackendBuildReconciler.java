package dev.trestle.controller;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildStatus;
import dev.trestle.core.plan.BuildPlan;
import dev.trestle.core.status.Announcements;
import dev.trestle.core.status.BrokenPass;
import dev.trestle.core.status.BuildStatus;
import dev.trestle.core.status.HeldBack;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;
import java.util.Optional;

/** Brings one image to the state that its BackendBuild declares. */
@ControllerConfiguration(
        name = BackendBuildReconciler.NAME,
        fieldManager = SpecOrRequestChanges.FIELD_MANAGER,
        generationAwareEventProcessing = false,
        informer = @Informer(onUpdateFilter = SpecOrRequestChanges.class))
public final class BackendBuildReconciler implements Reconciler<BackendBuild> {
    static final String NAME = "backendbuild";

    private final BuildGather gather;
    private final PoolGate gate;
    private final BuildEventSources eventSources;
    private final EventRecorder events;
    private final BuildObserver observer;
    private final Passes passes;

    public BackendBuildReconciler(
            BuildGather gather,
            PoolGate gate,
            BuildEventSources eventSources,
            EventRecorder events,
            BuildObserver observer,
            Passes passes) {
        this.gather = gather;
        this.gate = gate;
        this.eventSources = eventSources;
        this.events = events;
        this.observer = observer;
        this.passes = passes;
    }

    @Override
    public List<EventSource<?, BackendBuild>> prepareEventSources(EventSourceContext<BackendBuild> context) {
        return eventSources.of(context);
    }

    @Override
    public UpdateControl<BackendBuild> reconcile(BackendBuild build, Context<BackendBuild> context) {
        return passes.run(NAME, build, () -> pass(build, context), message -> {
            var now = gather.now();
            StatusWriter.write(build, BrokenPass.of(build, message, now), context, Optional.empty(), now);
        });
    }

    private UpdateControl<BackendBuild> pass(BackendBuild build, Context<BackendBuild> context) {
        var snapshot = gather.snapshotOf(build, context);
        var plan = BuildPlan.of(snapshot);
        var decided = plan.decide(gate.admit(plan));
        var decision = decided.after(Apply.all(decided.actions(), context), snapshot.now());
        gate.applied(snapshot, decision);
        BackendBuildStatus status = BuildStatus.of(snapshot, decision);
        var heldBack = HeldBack.until(snapshot, decision, status);
        if (heldBack.isPresent()) {
            return StatusWriter.lookAgain(heldBack, snapshot.now());
        }
        var written = StatusWriter.write(build, status, context, decision.wakeAt(), snapshot.now());
        observer.passed(snapshot, decision, status);
        events.record(build, Announcements.of(snapshot.status(), status));
        return written;
    }
}
