package dev.trestle.core.plan;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where one build stands, before the queue has answered: pure, so a lost event, a restart or a second operator comes to the same plan. A
 * pass makes one of these: admission reads what is due from it, and the decision is made of it.
 *
 * @param source what the run builds, when it is known
 */
public record BuildPlan(Snapshot snapshot, Optional<SourceView.Known> source, List<LegStep> legs, MergeProgress merge) {
    public BuildPlan {
        legs = List.copyOf(legs);
    }

    /** Legs and merge that wait for nothing but their turn are {@code Due}. */
    public static BuildPlan of(Snapshot snapshot) {
        var source = RunSource.of(snapshot);
        var legs = snapshot.build().getSpec().legs().stream()
                .map(leg -> LegDecision.of(snapshot, leg, source))
                .toList();
        var published = new BuildPlan(snapshot, source, steps(legs, LegDecision.Answers::published));
        return published.merge() instanceof MergeProgress.Current
                ? published
                : new BuildPlan(snapshot, source, steps(legs, LegDecision.Answers::toMerge));
    }

    private BuildPlan(Snapshot snapshot, Optional<SourceView.Known> source, List<LegStep> legs) {
        this(snapshot, source, legs, MergeDecision.of(snapshot, legs, source));
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
        return new BuildPlan(snapshot, source, legs.stream().map(gate::turn).toList(), gate.turn(merge));
    }

    /** What is done next. */
    public Decision decide(Admitted admitted) {
        var plan = after(admitted);
        return Decision.of(plan, new BuildActions(plan, admitted));
    }
}
