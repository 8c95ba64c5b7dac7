package dev.trestle.core.plan;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BaseImageStatus;
import dev.trestle.api.Refresh;
import dev.trestle.core.refresh.RefreshToken;
import dev.trestle.core.refresh.Schedule;
import dev.trestle.core.refresh.ScheduleView;
import dev.trestle.core.render.Owner;
import java.time.Instant;
import java.util.Optional;

/**
 * Which occurrence of a base's schedule its build was last asked for. It moves only when the occurrence that the status has announced comes:
 * an edit of the schedule, its removal, or other rules of its time zone rebuild nothing by themselves.
 *
 * @param schedule the schedule that {@code nextAt} is of; empty for none, or one that cannot be read
 * @param lastAt the last occurrence that asked for a rebuild, of whichever schedule
 * @param nextAt when the schedule asks for the next rebuild
 */
record ScheduledRebuild(Optional<String> schedule, Optional<Instant> lastAt, Optional<Instant> nextAt) {

    static ScheduledRebuild of(BaseSnapshot snapshot) {
        var last = lastOf(snapshot);
        return snapshot.schedule() instanceof ScheduleView.Valid(var schedule)
                ? of(snapshot, schedule, last)
                : new ScheduledRebuild(Optional.empty(), last, Optional.empty());
    }

    private static ScheduledRebuild of(BaseSnapshot snapshot, Schedule schedule, Optional<Instant> last) {
        var text = textOf(snapshot);
        var since =
                last.orElseGet(() -> Instant.parse(snapshot.base().getMetadata().getCreationTimestamp()));
        var came = hasCome(snapshot.status(), text, snapshot.now())
                ? schedule.lastBetween(since, snapshot.now()).or(() -> last)
                : last;
        return new ScheduledRebuild(text, came, schedule.nextAfter(snapshot.now()));
    }

    /** A base that has no status yet may have missed an occurrence since it was created. */
    private static boolean hasCome(BaseImageStatus status, Optional<String> schedule, Instant now) {
        if (status.observedGeneration() == null || status.observedGeneration() < 0) {
            return true;
        }
        var isSame = status.schedule() == null || schedule.equals(Optional.of(status.schedule()));
        return isSame && status.nextAt() != null && !now.isBefore(Instant.parse(status.nextAt()));
    }

    private static Optional<String> textOf(BaseSnapshot snapshot) {
        return Optional.ofNullable(snapshot.base().getSpec().schedule())
                .map(schedule -> schedule.cron() + " " + schedule.effectiveTimeZone());
    }

    /** As the status has it, or else as the build was asked: a status of an older version does not have it. */
    private static Optional<Instant> lastOf(BaseSnapshot snapshot) {
        return Optional.ofNullable(snapshot.status().scheduledAt())
                .map(Instant::parse)
                .or(() -> tokenOf(snapshot).flatMap(RefreshToken::scheduledIn));
    }

    /** The token that the base's own build has now. */
    static Optional<String> tokenOf(BaseSnapshot snapshot) {
        return snapshot.build()
                .filter(build -> Owner.owns(snapshot.base(), build))
                .map(BackendBuild::getSpec)
                .map(spec -> spec.refresh())
                .map(Refresh::token);
    }
}
