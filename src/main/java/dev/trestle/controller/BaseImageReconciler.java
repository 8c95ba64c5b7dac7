package dev.trestle.controller;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BaseImage;
import dev.trestle.core.Names;
import dev.trestle.core.plan.BasePlan;
import dev.trestle.core.refresh.UpstreamImage;
import dev.trestle.core.status.Announcements;
import dev.trestle.core.status.BaseStatus;
import dev.trestle.core.status.BrokenPass;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Keeps a base's build as the base says, and tells the base's age. */
@ControllerConfiguration(
        name = BaseImageReconciler.NAME,
        fieldManager = SpecOrRequestChanges.FIELD_MANAGER,
        generationAwareEventProcessing = false,
        informer = @Informer(onUpdateFilter = SpecOrRequestChanges.class))
public final class BaseImageReconciler implements Reconciler<BaseImage> {
    static final String NAME = "baseimage";

    private final BaseGather gather;
    private final EventRecorder events;
    private final Passes passes;
    private final AtomicReference<IndexerResourceCache<BaseImage>> bases = new AtomicReference<>();
    private final SimpleInboundEventSource<BaseImage> outside = new SimpleInboundEventSource<>("outside");

    public BaseImageReconciler(BaseGather gather, EventRecorder events, Passes passes) {
        this.gather = gather;
        this.events = events;
        this.passes = passes;
    }

    /** Every base that the operator watches, as it is cached. */
    public Stream<BaseImage> all() {
        return Optional.ofNullable(bases.get()).stream().flatMap(IndexerResourceCache::list);
    }

    /** Every image that some base is built FROM. */
    public Set<UpstreamImage> upstreams() {
        return all().flatMap(BaseImageReconciler::upstreamsOf).collect(Collectors.toSet());
    }

    /** Wakes every base that is built FROM this image. */
    public void wakeThoseFrom(UpstreamImage image) {
        all().filter(base -> upstreamsOf(base).anyMatch(image::equals))
                .map(ResourceID::fromResource)
                .forEach(outside::propagateEvent);
    }

    /** An image name that cannot be read is reported in the base's status, and not looked up. */
    private static Stream<UpstreamImage> upstreamsOf(BaseImage base) {
        return base.getSpec().upstream().stream().flatMap(text -> UpstreamImage.read(text).stream());
    }

    @Override
    public List<EventSource<?, BaseImage>> prepareEventSources(EventSourceContext<BaseImage> context) {
        bases.set(context.getPrimaryCache());
        return List.of(gather.builds().of(context, outside::propagateEvent), outside);
    }

    @Override
    public UpdateControl<BaseImage> reconcile(BaseImage base, Context<BaseImage> context) {
        return passes.run(NAME, base, () -> pass(base, context), message -> {
            var now = gather.now();
            StatusWriter.write(base, BrokenPass.of(base, message, now), context, Optional.empty(), now);
        });
    }

    private UpdateControl<BaseImage> pass(BaseImage base, Context<BaseImage> context) {
        var snapshot = gather.snapshotOf(base, buildOf(base, context));
        var decided = BasePlan.decide(snapshot);
        if (decided.isAbandoned()) {
            return switch (Deletion.ofUnchanged(base, context.getClient())) {
                case Gone -> UpdateControl.noUpdate();
                case Changed -> UpdateControl.<BaseImage>noUpdate().rescheduleAfter(Duration.ZERO);
            };
        }
        var decision = decided.refused(applied(decided, context));
        var status = BaseStatus.of(snapshot, decision);
        var written = StatusWriter.write(base, status, context, decision.wakeAt(snapshot.now()), snapshot.now());
        events.record(base, Announcements.of(snapshot.status(), status));
        return written;
    }

    /** A build is made of the base as it is stored: where that is refused, so is the build. */
    private static Optional<String> applied(BasePlan.Decision decided, Context<BaseImage> context) {
        return decided.replace()
                .flatMap(claimed -> Apply.replace(claimed, context))
                .or(() -> decided.apply().flatMap(build -> applied(build, decided.build(), context)));
    }

    private static Optional<String> applied(
            BackendBuild wanted, Optional<BackendBuild> existing, Context<BaseImage> context) {
        return existing.map(seen -> Apply.replaceSpec(seen, wanted, context))
                .orElseGet(() -> Apply.apply(wanted, context));
    }

    private static Optional<BackendBuild> buildOf(BaseImage base, Context<BaseImage> context) {
        var name = Names.buildOfBase(base.getMetadata().getName());
        return context.getSecondaryResources(BackendBuild.class).stream()
                .filter(build -> build.getMetadata().getName().equals(name))
                .findFirst();
    }
}
