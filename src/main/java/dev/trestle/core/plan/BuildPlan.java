package dev.trestle.core.plan;

import dev.trestle.api.Leg;
import dev.trestle.api.ManifestMerge;
import dev.trestle.api.PublishedImage;
import dev.trestle.core.Platform;
import dev.trestle.core.observe.LegOutcome;
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
import java.util.function.Function;
import java.util.stream.Stream;

/** Decides what is done next for one build: pure, so a lost event, a restart or a second operator comes to the same answer. */
public final class BuildPlan {
    /** An elder build that goes away sends the younger no event of its own. */
    private static final Duration CONFLICT_RECHECK = Duration.ofSeconds(30);

    private BuildPlan() {}

    public static Decision decide(Snapshot snapshot) {
        var source = RunSource.of(snapshot);
        var published = steps(snapshot, leg -> LegDecision.ofPublished(snapshot, leg, source));
        return MergeDecision.of(snapshot, published, source) instanceof MergeProgress.Current current
                ? decision(snapshot, source, published, current)
                : toMerge(snapshot, source);
    }

    private static Decision toMerge(Snapshot snapshot, Optional<SourceView.Known> source) {
        var legs = steps(snapshot, leg -> LegDecision.toMerge(snapshot, leg, source));
        return decision(snapshot, source, legs, MergeDecision.of(snapshot, legs, source));
    }

    private static List<LegStep> steps(Snapshot snapshot, Function<Leg, LegProgress> progress) {
        return snapshot.build().getSpec().legs().stream()
                .map(leg -> new LegStep(leg, progress.apply(leg)))
                .toList();
    }

    private static Decision decision(
            Snapshot snapshot, Optional<SourceView.Known> source, List<LegStep> legs, MergeProgress merge) {
        var expiry = Expiry.at(snapshot, legs, merge);
        return expiry.filter(at -> !at.isAfter(snapshot.now()))
                .map(_ ->
                        new Decision(source, legs, merge, List.of(new DeleteBuild(snapshot.build())), Optional.empty()))
                .orElseGet(() -> new Decision(
                        source, legs, merge, actions(snapshot, legs, merge), wakeAt(snapshot, legs, merge, expiry)));
    }

    /** The merge first: nothing may stand between the last leg's end and the merge's start. */
    private static List<Action> actions(Snapshot snapshot, List<LegStep> legs, MergeProgress merge) {
        var actions = new ArrayList<Action>();
        if (merge instanceof MergeProgress.Start(var created)) {
            actions.add(new StartMerge(created, snapshot.configuration()));
        }
        for (var step : legs) {
            if (step.progress() instanceof LegProgress.Start(var plan)) {
                actions.add(new StartLeg(LegPod.of(snapshot.build(), plan, snapshot.configuration())));
            }
        }
        ClaimedBases.forConsumer(snapshot).ifPresent(actions::add);
        superseded(snapshot, legs).map(CancelLeg::new).forEach(actions::add);
        outdated(snapshot, merge).map(DeleteMerge::new).forEach(actions::add);
        if (merge instanceof MergeProgress.Again(var failed)
                && failed.getMetadata().getDeletionTimestamp() == null) {
            actions.add(new DeleteMerge(failed));
        }
        return actions;
    }

    /** Pods of other inputs than the leg's present ones, of legs that the spec no longer has, and those whose time is over. */
    private static Stream<Pod> superseded(Snapshot snapshot, List<LegStep> legs) {
        return snapshot.pods().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(pod -> legs.stream().noneMatch(step -> keeps(snapshot, step, pod)))
                .filter(pod -> !tellsOfLimit(snapshot, pod));
    }

    /** The memory of a registry's pause is the pods that it has refused: they stay until it is over. */
    private static boolean tellsOfLimit(Snapshot snapshot, Pod pod) {
        return LegOutcome.limitedBy(pod).filter(snapshot.limited()::containsKey).isPresent();
    }

    private static boolean keeps(Snapshot snapshot, LegStep step, Pod pod) {
        var platform = Platform.parse(step.leg().platform());
        if (LegPods.of(List.of(pod), platform).isEmpty()) {
            return false;
        }
        return switch (step.progress()) {
            case LegProgress.Waiting _ -> true;
            case LegProgress.Overtaken _, LegProgress.Cancelled _ -> false;
            case LegProgress.Done(var built, var _) -> LegPods.builds(pod, built.fingerprint());
            case LegProgress.AfterMerge _,
                    LegProgress.Held _,
                    LegProgress.Refused _,
                    LegProgress.Start _,
                    LegProgress.Retry _,
                    LegProgress.Queued _,
                    LegProgress.Building _,
                    LegProgress.Ending _,
                    LegProgress.Failed _ ->
                step.progress()
                        .planned()
                        .filter(plan -> builds(snapshot, pod, plan))
                        .isPresent();
        };
    }

    private static boolean builds(Snapshot snapshot, Pod pod, LegPlan plan) {
        return LegPods.builds(pod, plan.inputs().fingerprint())
                && PhaseDeadline.of(pod, plan.pool().deadlines())
                        .filter(deadline -> deadline.isOver(pod, snapshot.now()))
                        .isEmpty();
    }

    /** Merges from before the published image, but for the one that made it and the one that this run is at. */
    private static Stream<ManifestMerge> outdated(Snapshot snapshot, MergeProgress progress) {
        var published = Tags.image(snapshot).map(PublishedImage::merge).orElse("");
        var current = switch (progress) {
            case MergeProgress.NotYet _, MergeProgress.AfterOther _, MergeProgress.Held _, MergeProgress.Refused _ ->
                "";
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
        return snapshot.merges().stream()
                .filter(merge -> Tags.isHistory(merge, snapshot))
                .filter(merge -> merge.getMetadata().getDeletionTimestamp() == null)
                .filter(merge -> !merge.getMetadata().getName().equals(published))
                .filter(merge -> !merge.getMetadata().getName().equals(current));
    }

    private static Optional<Instant> wakeAt(
            Snapshot snapshot, List<LegStep> legs, MergeProgress merge, Optional<Instant> expiry) {
        var pause = merge instanceof MergeProgress.Paused(var _, var _, var _, var until)
                ? Stream.of(until)
                : Stream.<Instant>empty();
        var retries = legs.stream()
                .map(LegStep::progress)
                .filter(LegProgress.Retry.class::isInstance)
                .map(progress -> ((LegProgress.Retry) progress).at());
        var refresh = Asked.nextRefresh(snapshot).stream();
        var conflict = snapshot.conflict().map(_ -> snapshot.now().plus(CONFLICT_RECHECK)).stream();
        var deadlines = legs.stream().flatMap(step -> deadlines(snapshot, step));
        var starts = snapshot.pods().stream().flatMap(pod -> PodStart.lookAgainAt(pod, snapshot.now()).stream());
        return Stream.of(retries, pause, deadlines, starts, conflict, refresh, expiry.stream())
                .flatMap(times -> times)
                .min(Instant::compareTo);
    }

    /** Nothing tells that a pod has waited for too long. */
    private static Stream<Instant> deadlines(Snapshot snapshot, LegStep step) {
        return step.progress().planned().stream()
                .flatMap(plan -> snapshot.pods().stream()
                        .filter(pod -> pod.getMetadata().getName().equals(plan.podName(snapshot.name())))
                        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                        .flatMap(pod -> PhaseDeadline.of(pod, plan.pool().deadlines()).stream()))
                .map(PhaseDeadline::at)
                .filter(snapshot.now()::isBefore);
    }
}
