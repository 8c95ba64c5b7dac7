package dev.trestle.core.plan;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BaseImage;
import dev.trestle.api.BaseImageStatus;
import dev.trestle.core.refresh.ScheduleView;
import dev.trestle.core.refresh.UpstreamView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * All that the next step of one base depends on.
 *
 * @param build the BackendBuild that has the name of this base's build, of any owner
 * @param consumers builds that are made on this base, referring to it or claiming it
 * @param formerConsumers builds that own this base and are made on it no more
 * @param schedule the base's schedule, read
 * @param upstream the observed state of each image that the base is built FROM
 */
public record BaseSnapshot(
        BaseImage base,
        Optional<BackendBuild> build,
        List<BackendBuild> consumers,
        List<BackendBuild> formerConsumers,
        ScheduleView schedule,
        Map<String, UpstreamView> upstream,
        Instant now) {
    public BaseSnapshot {
        consumers = List.copyOf(consumers);
        formerConsumers = List.copyOf(formerConsumers);
        upstream = Map.copyOf(upstream);
    }

    public BaseImageStatus status() {
        return Objects.requireNonNullElseGet(base.getStatus(), BaseImageStatus::unseen);
    }

    public String name() {
        return base.getMetadata().getName();
    }
}
