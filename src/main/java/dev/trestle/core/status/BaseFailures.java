package dev.trestle.core.status;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildStatus;
import dev.trestle.api.BaseImageStatus;
import dev.trestle.api.ConditionStatus;
import dev.trestle.api.Reason;
import dev.trestle.api.RunStatus;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Builds of a base that failed since the last good one. A build that is cancelled has not failed.
 *
 * @param lastAt when the last of them ended, by which it is counted once
 */
record BaseFailures(@Nullable Integer count, @Nullable String lastAt) {

    static BaseFailures of(BaseImageStatus last, Optional<BackendBuild> build) {
        return build.map(BackendBuild::getStatus)
                .flatMap(status -> outcome(status).map(outcome -> after(last, status, outcome)))
                .orElseGet(() -> new BaseFailures(last.failuresInARow(), last.lastFailureAt()));
    }

    private static BaseFailures after(BaseImageStatus last, BackendBuildStatus status, ConditionStatus outcome) {
        var endedAt =
                Optional.ofNullable(status.run()).map(RunStatus::finishedAt).orElse(null);
        return switch (outcome) {
            case True -> new BaseFailures(null, null);
            case Unknown -> new BaseFailures(last.failuresInARow(), last.lastFailureAt());
            case False ->
                endedAt == null || endedAt.equals(last.lastFailureAt())
                        ? new BaseFailures(last.failuresInARow(), last.lastFailureAt())
                        : new BaseFailures(Objects.requireNonNullElse(last.failuresInARow(), 0) + 1, endedAt);
        };
    }

    private static Optional<ConditionStatus> outcome(BackendBuildStatus status) {
        return status.conditions().stream()
                .filter(condition -> condition.type().equals("LastBuildSucceeded"))
                .map(condition -> condition.reason() == Reason.Cancelled ? ConditionStatus.Unknown : condition.status())
                .findFirst();
    }
}
