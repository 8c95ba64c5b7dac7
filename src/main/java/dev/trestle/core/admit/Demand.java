package dev.trestle.core.admit;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.FailureReason;
import dev.trestle.api.LegStatus;
import dev.trestle.api.Reason;
import dev.trestle.api.RunStatus;
import dev.trestle.core.observe.LegOutcome;
import dev.trestle.core.plan.BuildPlan;
import dev.trestle.core.plan.Decision;
import dev.trestle.core.plan.LegProgress;
import dev.trestle.core.plan.LegStep;
import dev.trestle.core.plan.MergeProgress;
import dev.trestle.core.plan.Snapshot;
import dev.trestle.core.render.LegPlan;
import dev.trestle.core.render.Registries;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The places that one build needs in pools and at registries that are rate-limiting. */
public final class Demand {
    private Demand() {}

    /**
     * Its legs that wait for nothing but their turn, and its merge.
     *
     * @param plan after {@link dev.trestle.core.plan.Admitted#backingOff}: a leg that no limit binds starts and is not among them
     */
    public static List<DueLeg> of(BuildPlan plan) {
        var legs = plan.legs().stream().flatMap(Demand::awaitingTurn).map(leg -> due(plan.snapshot(), leg));
        return Stream.concat(merge(plan), legs).toList();
    }

    /** The registries that the build's legs and its merge may ask, whether or not any of them is due. */
    public static Set<String> registriesOf(Snapshot snapshot) {
        var registries = new TreeSet<>(registriesOf(snapshot.build()));
        snapshot.build().getSpec().legs().stream()
                .map(leg -> snapshot.base().imageFor(leg.effectiveBuildPlatform()))
                .filter(Objects::nonNull)
                .map(Registries::hostOf)
                .forEach(registries::add);
        snapshot.baseline().map(Demand::registriesOf).ifPresent(registries::addAll);
        snapshot.pods().stream()
                .flatMap(pod -> LegOutcome.limitedBy(pod).stream())
                .forEach(registries::add);
        return registries;
    }

    /** The same, as far as the build alone tells. */
    public static Set<String> registriesOf(BackendBuild build) {
        var legs = build.getStatus() == null ? Stream.<LegStatus>empty() : build.getStatus().legs().stream();
        return Registries.of(build.getSpec(), legs.flatMap(leg -> leg.lost().stream()));
    }

    private static Stream<DueLeg> merge(BuildPlan plan) {
        var snapshot = plan.snapshot();
        return plan.merge() instanceof MergeProgress.Held(var merge, var _)
                ? Stream.of(DueLeg.ofMerge(
                        buildOf(snapshot),
                        merge.getMetadata().getName(),
                        snapshot.now(),
                        Registries.of(merge.getSpec()),
                        lastLimited(snapshot)))
                : Stream.empty();
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

    private static Stream<LegPlan> awaitingTurn(LegStep step) {
        return step.progress() instanceof LegProgress.Held(var plan, var reason, var _) && reason != Reason.WavePaused
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
                since(snapshot),
                Registries.of(snapshot.build().getSpec(), plan),
                lastLimited(plan));
    }

    private static Instant lastLimited(LegPlan plan) {
        return plan.lost().stream()
                .filter(attempt -> attempt.reason() == FailureReason.RateLimited)
                .map(attempt -> Instant.parse(attempt.at()))
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    private static Instant lastLimited(Snapshot snapshot) {
        return snapshot.merges().stream()
                .flatMap(merge -> merge.failure().stream())
                .filter(failed -> failed.limitedBy().isPresent())
                .flatMap(failed -> failed.at().stream())
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
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
