package dev.trestle.core.admit;

import dev.trestle.api.Reason;
import dev.trestle.api.RunStatus;
import dev.trestle.core.plan.BuildPlan;
import dev.trestle.core.plan.Decision;
import dev.trestle.core.plan.LegProgress;
import dev.trestle.core.plan.LegStep;
import dev.trestle.core.plan.Snapshot;
import dev.trestle.core.render.LegPlan;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What one build wants of the pools. */
public final class Demand {
    private Demand() {}

    /** Its legs that wait for nothing but their turn. */
    public static List<DueLeg> of(Snapshot snapshot) {
        return BuildPlan.decide(snapshot.admitting(Set.of())).legs().stream()
                .flatMap(Demand::awaitingPool)
                .map(plan -> due(snapshot, plan))
                .toList();
    }

    public static BuildKey buildOf(Snapshot snapshot) {
        var metadata = snapshot.build().getMetadata();
        return new BuildKey(Objects.requireNonNullElse(metadata.getNamespace(), ""), metadata.getName());
    }

    /** Pods that were admitted and that the API server has refused. */
    public static Set<PodKey> refused(Snapshot snapshot, Decision decision) {
        return decision.legs().stream()
                .map(LegStep::progress)
                .filter(LegProgress.Refused.class::isInstance)
                .flatMap(progress -> progress.planned().stream())
                .map(plan -> due(snapshot, plan).podKey())
                .collect(Collectors.toSet());
    }

    private static Stream<LegPlan> awaitingPool(LegStep step) {
        return step.progress() instanceof LegProgress.Held(var plan, var reason, var _)
                        && reason == Reason.WaitingForPool
                ? Stream.of(plan)
                : Stream.empty();
    }

    private static DueLeg due(Snapshot snapshot, LegPlan plan) {
        return new DueLeg(
                buildOf(snapshot),
                plan.leg().platform(),
                plan.podName(snapshot.name()),
                plan.pool().name(),
                plan.cause(),
                since(snapshot));
    }

    /** A leg of a run that has begun, such as one whose node is gone, keeps the run's place in the queue. */
    private static Instant since(Snapshot snapshot) {
        return Optional.ofNullable(snapshot.status().run())
                .filter(run -> run.finishedAt() == null)
                .map(RunStatus::startedAt)
                .map(Instant::parse)
                .orElse(snapshot.now());
    }
}
