package dev.trestle.core.status;

import dev.trestle.api.BackendBuildStatus;
import dev.trestle.api.LegStatus;
import dev.trestle.core.plan.Decision;
import dev.trestle.core.plan.LegProgress;
import dev.trestle.core.plan.LegStep;
import dev.trestle.core.plan.Snapshot;
import dev.trestle.core.plan.SourceView;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A status that tells no more than that a pod waits for its start, or that the files of a new build are looked up. Most legs are being built a moment later, and one write then says
 * both; nothing depends on the first, since pods have deterministic names.
 */
public final class HeldBack {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /** The files of a build whose ref is known are worked out in milliseconds; its creation time has whole seconds, rounded down. */
    private static final Duration LOOK = Duration.ofSeconds(2);

    private HeldBack() {}

    /** @return until when writing {@code next} can wait, if it can */
    public static Optional<Instant> until(Snapshot snapshot, Decision decision, BackendBuildStatus next) {
        if (isNew(snapshot) && snapshot.source() instanceof SourceView.Unresolved) {
            return createdAt(snapshot).map(created -> created.plus(LOOK)).filter(snapshot.now()::isBefore);
        }
        if (decision.isNewRun() || next.equals(snapshot.status()) || !tellsOnlyOfStarts(snapshot, decision, next)) {
            return Optional.empty();
        }
        return decision.legs().stream()
                .flatMap(step -> startedAt(snapshot, step))
                .max(Instant::compareTo)
                .map(started -> started.plus(PATIENCE))
                .filter(snapshot.now()::isBefore);
    }

    private static boolean isNew(Snapshot snapshot) {
        return snapshot.build().getStatus() == null;
    }

    private static Optional<Instant> createdAt(Snapshot snapshot) {
        return Optional.ofNullable(snapshot.build().getMetadata().getCreationTimestamp())
                .map(Instant::parse);
    }

    private static boolean tellsOnlyOfStarts(Snapshot snapshot, Decision decision, BackendBuildStatus next) {
        return Objects.equals(snapshot.status().image(), next.image())
                && Objects.equals(snapshot.status().requests(), next.requests())
                && decision.legs().stream().allMatch(step -> isStarting(step) || isUnchanged(snapshot, step, next));
    }

    private static boolean isStarting(LegStep step) {
        return step.progress() instanceof LegProgress.Start || step.progress() instanceof LegProgress.Queued;
    }

    private static boolean isUnchanged(Snapshot snapshot, LegStep step, BackendBuildStatus next) {
        var platform = step.leg().platform();
        return next.leg(platform).equals(snapshot.statusOf(platform));
    }

    /** A pod's creation is told in whole seconds, rounded down. */
    private static Stream<Instant> startedAt(Snapshot snapshot, LegStep step) {
        return switch (step.progress()) {
            case LegProgress.Start _ -> Stream.of(snapshot.now());
            case LegProgress.Queued(var plan, var _)
            when !isRecorded(snapshot, step, plan.inputs().fingerprint()) ->
                snapshot.pods().stream()
                        .filter(pod -> pod.getMetadata().getName().equals(plan.podName(snapshot.name())))
                        .map(pod -> Instant.parse(pod.getMetadata().getCreationTimestamp()));
            case LegProgress.Queued _,
                    LegProgress.Done _,
                    LegProgress.Waiting _,
                    LegProgress.AfterMerge _,
                    LegProgress.Due _,
                    LegProgress.Held _,
                    LegProgress.Retry _,
                    LegProgress.Building _,
                    LegProgress.Ending _,
                    LegProgress.Overtaken _,
                    LegProgress.Refused _,
                    LegProgress.Failed _,
                    LegProgress.Cancelled _ -> Stream.empty();
        };
    }

    private static boolean isRecorded(Snapshot snapshot, LegStep step, String fingerprint) {
        return snapshot.statusOf(step.leg().platform())
                .map(LegStatus::fingerprint)
                .filter(fingerprint::equals)
                .isPresent();
    }
}
