package dev.trestle.core.plan;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where one build stands, before the queue has answered: pure, so a lost event, a restart or a second operator comes to the same plan. A
 * pass makes one of these: admission reads the due legs from it, and the decision is made of it.
 *
 * @param source the commit of the run, when it is known
 * @param isNewRun whether that commit supersedes a run that has not ended: the status has to say so before anything else is done, or a
 *     lost write would bring the run back after its pods are gone
 */
public record BuildPlan(
        Snapshot snapshot,
        Optional<SourceView.Known> source,
        List<LegStep> legs,
        MergeProgress merge,
        boolean isNewRun) {
    public BuildPlan {
        legs = List.copyOf(legs);
    }

    /** Legs and merge that wait for nothing but their turn are {@code Due}. */
    public static BuildPlan of(Snapshot snapshot) {
        var running = at(snapshot, RunSource.of(snapshot), false);
        return BetweenAttempts.newest(running)
                .map(newest -> at(snapshot, Optional.of(newest), true))
                .orElse(running);
    }

    private static BuildPlan at(Snapshot snapshot, Optional<SourceView.Known> source, boolean isNewRun) {
        var legs = snapshot.build().getSpec().legs().stream()
                .map(leg -> LegDecision.of(snapshot, leg, source))
                .toList();
        var published = steps(legs, LegDecision.Answers::published);
        var merge = MergeDecision.of(snapshot, published, source);
        if (merge instanceof MergeProgress.Current || legs.stream().allMatch(LegDecision.Answers::areSame)) {
            return new BuildPlan(snapshot, source, published, merge, isNewRun);
        }
        var toMerge = steps(legs, LegDecision.Answers::toMerge);
        return new BuildPlan(snapshot, source, toMerge, MergeDecision.of(snapshot, toMerge, source), isNewRun);
    }

    private static List<LegStep> steps(
            List<LegDecision.Answers> legs, Function<LegDecision.Answers, LegProgress> progress) {
        return legs.stream()
                .map(leg -> new LegStep(leg.leg(), progress.apply(leg)))
                .toList();
    }

    /** The same plan after the queue's answer: nothing is {@code Due} any more, it starts or is held. */
    public BuildPlan after(Admitted admitted) {
        var gate = new Gate(snapshot, admitted);
        return new BuildPlan(snapshot, source, legs.stream().map(gate::turn).toList(), gate.turn(merge), isNewRun);
    }

    /** The next writes. */
    public Decision decide(Admitted admitted) {
        var plan = after(admitted);
        return new BuildActions(plan, admitted).decision();
    }
}
