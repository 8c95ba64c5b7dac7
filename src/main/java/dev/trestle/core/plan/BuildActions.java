package dev.trestle.core.plan;

import dev.trestle.api.ManifestMerge;
import dev.trestle.api.PublishedImage;
import dev.trestle.core.Platform;
import dev.trestle.core.observe.LegOutcome;
import dev.trestle.core.observe.MergeView;
import dev.trestle.core.observe.PhaseDeadline;
import dev.trestle.core.observe.PodStart;
import dev.trestle.core.plan.Action.CancelLeg;
import dev.trestle.core.plan.Action.DeleteBuild;
import dev.trestle.core.plan.Action.DeleteMerge;
import dev.trestle.core.plan.Action.StartLeg;
import dev.trestle.core.plan.Action.StartMerge;
import dev.trestle.core.render.LegPlan;
import dev.trestle.core.render.LegPod;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The writes that come next for one build, in their order, and when the operator looks again although nothing has happened. */
final class BuildActions {
    /** An elder build that goes away sends the younger no event of its own. */
    private static final Duration CONFLICT_RECHECK = Duration.ofSeconds(30);

    private final BuildPlan plan;
    private final Snapshot snapshot;
    private final List<LegStep> legs;
    private final MergeProgress merge;
    private final Admitted admitted;
    private final Optional<Instant> expiry;

    BuildActions(BuildPlan plan, Admitted admitted) {
        this.plan = plan;
        this.snapshot = plan.snapshot();
        this.legs = plan.legs();
        this.merge = plan.merge();
        this.admitted = admitted;
        this.expiry = Expiry.at(snapshot, legs, merge);
    }

    Decision decision() {
        if (expiry.filter(at -> !at.isAfter(snapshot.now())).isPresent()) {
            return Decision.of(plan, List.of(new DeleteBuild(snapshot.build())), Optional.empty());
        }
        return plan.isNewRun()
                ? Decision.of(plan, List.of(), Optional.of(snapshot.now()))
                : Decision.of(plan, actions(), wakeAt());
    }

    /** The merge first: nothing may stand between the last leg's end and the merge's start. */
    private List<Action> actions() {
        var actions = new ArrayList<Action>();
        if (merge instanceof MergeProgress.Start(var created)) {
            actions.add(new StartMerge(created, snapshot.configuration()));
        }
        for (var step : legs) {
            if (step.progress() instanceof LegProgress.Start(var leg)) {
                actions.add(new StartLeg(LegPod.of(snapshot.build(), leg, snapshot.configuration())));
            }
        }
        ClaimedBases.forConsumer(snapshot).ifPresent(actions::add);
        superseded().map(CancelLeg::new).forEach(actions::add);
        outdated().map(DeleteMerge::new).forEach(actions::add);
        if (merge instanceof MergeProgress.Again(var failed)
                && failed.getMetadata().getDeletionTimestamp() == null) {
            actions.add(new DeleteMerge(failed));
        }
        return actions;
    }

    /** Pods of other inputs than the leg's present ones, of legs that the spec no longer has, and those whose time is over. */
    private Stream<Pod> superseded() {
        return snapshot.pods().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(pod -> legs.stream().noneMatch(step -> keeps(step, pod)))
                .filter(pod -> !tellsOfBackoff(pod));
    }

    /** The memory of a registry's pause is the pods that it has refused: they stay until it is over. */
    private boolean tellsOfBackoff(Pod pod) {
        return LegOutcome.limitedBy(pod)
                .filter(admitted.backoffs()::containsKey)
                .isPresent();
    }

    private boolean keeps(LegStep step, Pod pod) {
        var platform = Platform.parse(step.leg().platform());
        if (LegPods.of(List.of(pod), platform).isEmpty()) {
            return false;
        }
        return switch (step.progress()) {
            case LegProgress.Waiting _ -> true;
            case LegProgress.Overtaken _, LegProgress.Cancelled _ -> false;
            case LegProgress.Done(var built, var _) -> LegPods.builds(pod, built.fingerprint());
            case LegProgress.AfterMerge _,
                    LegProgress.Due _,
                    LegProgress.Held _,
                    LegProgress.Refused _,
                    LegProgress.Start _,
                    LegProgress.Retry _,
                    LegProgress.Queued _,
                    LegProgress.Building _,
                    LegProgress.Ending _,
                    LegProgress.Failed _ ->
                step.progress().planned().filter(plan -> builds(pod, plan)).isPresent();
        };
    }

    private boolean builds(Pod pod, LegPlan plan) {
        return LegPods.builds(pod, plan.inputs().fingerprint())
                && PhaseDeadline.of(pod, plan.pool().deadlines())
                        .filter(deadline -> deadline.isOver(pod, snapshot.now()))
                        .isEmpty();
    }

    /** Merges from before the published image, but for the one that made it and the one that this run is at. */
    private Stream<ManifestMerge> outdated() {
        var published = snapshot.history().image().map(PublishedImage::merge).orElse("");
        var current = switch (merge) {
            case MergeProgress.NotYet _,
                    MergeProgress.AfterOther _,
                    MergeProgress.Due _,
                    MergeProgress.Held _,
                    MergeProgress.Refused _ -> "";
            case MergeProgress.Current(var image) -> Objects.requireNonNullElse(image.merge(), "");
            case MergeProgress.Start(var merge) -> merge.getMetadata().getName();
            case MergeProgress.Paused(var merge, var _, var _, var _) -> merge;
            case MergeProgress.Cancelled(var merge) -> merge;
            case MergeProgress.Again(var merge) -> merge.getMetadata().getName();
            case MergeProgress.Running(var merge) -> merge;
            case MergeProgress.Unstarted(var merge, var _) -> merge;
            case MergeProgress.Succeeded(var image) -> Objects.requireNonNullElse(image.merge(), "");
            case MergeProgress.Failed(var merge, var _) -> merge;
        };
        return snapshot.history()
                .outdated()
                .filter(merge -> !merge.isBeingDeleted())
                .filter(merge -> !merge.name().equals(published))
                .filter(merge -> !merge.name().equals(current))
                .map(MergeView::object);
    }

    private Optional<Instant> wakeAt() {
        var pause = merge instanceof MergeProgress.Paused(var _, var _, var _, var until)
                ? Stream.of(until)
                : Stream.<Instant>empty();
        var retries = legs.stream()
                .map(LegStep::progress)
                .filter(LegProgress.Retry.class::isInstance)
                .map(progress -> ((LegProgress.Retry) progress).at());
        var refresh = Asked.nextRefresh(snapshot).stream();
        var conflict = snapshot.conflict().map(_ -> snapshot.now().plus(CONFLICT_RECHECK)).stream();
        var deadlines = legs.stream().flatMap(this::deadlines);
        var starts = snapshot.pods().stream().flatMap(pod -> PodStart.lookAgainAt(pod, snapshot.now()).stream());
        return Stream.of(retries, pause, deadlines, starts, conflict, refresh, expiry.stream())
                .flatMap(times -> times)
                .min(Instant::compareTo);
    }

    /** Nothing tells that a pod has waited for too long. */
    private Stream<Instant> deadlines(LegStep step) {
        return step.progress().planned().stream()
                .flatMap(plan -> snapshot.pods().stream()
                        .filter(pod -> pod.getMetadata().getName().equals(plan.podName(snapshot.name())))
                        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                        .flatMap(pod -> PhaseDeadline.of(pod, plan.pool().deadlines()).stream()))
                .map(PhaseDeadline::at)
                .filter(snapshot.now()::isBefore);
    }
}
