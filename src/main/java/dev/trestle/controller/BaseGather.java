package dev.trestle.controller;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BaseImage;
import dev.trestle.api.Schedule;
import dev.trestle.core.plan.BaseSnapshot;
import dev.trestle.core.refresh.InvalidSchedule;
import dev.trestle.core.refresh.ScheduleView;
import dev.trestle.core.refresh.Schedules;
import dev.trestle.core.refresh.Upstreams;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads all that a base's next step depends on. */
public final class BaseGather {
    private final BuildsOfBases builds;
    private final Schedules schedules;
    private final Upstreams upstreams;
    private final Clock clock;

    public BaseGather(Stores stores, Schedules schedules, Upstreams upstreams, Clock clock) {
        this.builds = new BuildsOfBases(stores);
        this.schedules = schedules;
        this.upstreams = upstreams;
        this.clock = clock;
    }

    /** The events that wake a base, and the source of its builds. */
    BuildsOfBases builds() {
        return builds;
    }

    Instant now() {
        return clock.instant();
    }

    BaseSnapshot snapshotOf(BaseImage base, Optional<BackendBuild> build) {
        var consumers = builds.consumersOf(base);
        var former = builds.ownersOf(base).stream()
                .filter(owner -> !consumers.contains(owner))
                .toList();
        return new BaseSnapshot(
                base,
                build,
                consumers,
                former,
                Optional.ofNullable(base.getSpec().schedule()).map(this::read).orElseGet(ScheduleView.None::new),
                base.getSpec().upstream().stream().collect(Collectors.toMap(Function.identity(), upstreams::viewOf)),
                clock.instant());
    }

    private ScheduleView read(Schedule schedule) {
        try {
            return new ScheduleView.Valid(schedules.parse(schedule.cron(), schedule.effectiveTimeZone()));
        } catch (InvalidSchedule e) {
            return new ScheduleView.Invalid(String.valueOf(e.getMessage()));
        }
    }
}
