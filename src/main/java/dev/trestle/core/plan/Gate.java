package dev.trestle.core.plan;

import dev.trestle.api.BaseImage;
import dev.trestle.api.InputKind;
import dev.trestle.api.ManifestMerge;
import dev.trestle.api.Reason;
import dev.trestle.core.Labels;
import dev.trestle.core.config.Limits;
import dev.trestle.core.plan.LegProgress.Held;
import dev.trestle.core.render.LegPlan;
import dev.trestle.core.render.Registries;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Optional;

/**
 * Why a leg or a merge that is due does not start yet, although nothing of its own stands in the way. No message has the length of the
 * queue, so a change of the queue writes no status.
 */
public final class Gate {
    private static final String PAUSED = "paused";

    private final Snapshot snapshot;
    private final Admitted admitted;

    Gate(Snapshot snapshot, Admitted admitted) {
        this.snapshot = snapshot;
        this.admitted = admitted;
    }

    /** A due leg starts or is held; all others stay. */
    LegStep turn(LegStep step) {
        return step.progress() instanceof LegProgress.Due(var plan) ? new LegStep(step.leg(), turn(plan)) : step;
    }

    private LegProgress turn(LegPlan plan) {
        return admitted.names().contains(plan.podName(snapshot.name()))
                ? new LegProgress.Start(plan)
                : backingOff(plan).or(() -> bound(plan)).orElseGet(() -> new LegProgress.Start(plan));
    }

    /** A merge waits for registries only. */
    MergeProgress turn(MergeProgress progress) {
        return progress instanceof MergeProgress.Due(var merge) ? turn(merge) : progress;
    }

    private MergeProgress turn(ManifestMerge merge) {
        return Optional.of(merge)
                .filter(due -> !admitted.names().contains(due.getMetadata().getName()))
                .flatMap(due -> admitted.backoffOf(Registries.of(due.getSpec())))
                .<MergeProgress>map(message -> new MergeProgress.Held(merge, message))
                .orElseGet(() -> new MergeProgress.Start(merge));
    }

    /** Whether the wave of this base is paused. */
    public static boolean isPaused(BaseImage base) {
        return Optional.ofNullable(base.getMetadata())
                .map(ObjectMeta::getAnnotations)
                .map(annotations -> annotations.get(Labels.WAVE))
                .filter(PAUSED::equals)
                .isPresent();
    }

    /** Any other cause builds the leg, and then on the new base. */
    static Optional<LegProgress> paused(Snapshot snapshot, LegPlan plan) {
        if (!plan.cause().isRoutine() || plan.moved().stream().anyMatch(input -> input.kind() != InputKind.Base)) {
            return Optional.empty();
        }
        return snapshot.baseImage().filter(Gate::isPaused).map(base -> {
            var metadata = base.getMetadata();
            return new Held(
                    plan,
                    Reason.WavePaused,
                    "The wave of BaseImage '%s' is paused. Resume it: kubectl annotate bimg %s -n %s %s-"
                            .formatted(metadata.getName(), metadata.getName(), metadata.getNamespace(), Labels.WAVE));
        });
    }

    private Optional<LegProgress> backingOff(LegPlan plan) {
        return admitted.backoffOf(Registries.of(snapshot.build().getSpec(), plan))
                .map(message -> new Held(plan, Reason.WaitingForRegistry, message));
    }

    private static Optional<LegProgress> bound(LegPlan plan) {
        var limits = plan.pool().limits();
        if (!limits.bind(plan.cause())) {
            return Optional.empty();
        }
        return Optional.of(new Held(
                plan,
                Reason.WaitingForPool,
                "Pool '%s' builds at once %s; this leg starts when its turn comes."
                        .formatted(plan.pool().name(), atOnce(limits))));
    }

    private static String atOnce(Limits limits) {
        var routine = limits.routine().orElseThrow();
        return limits.maxRunning()
                .map(all -> "%d legs, of waves and refreshes %d".formatted(all, routine))
                .orElse("%d legs of waves and refreshes".formatted(routine));
    }
}
