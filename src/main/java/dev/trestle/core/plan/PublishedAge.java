package dev.trestle.core.plan;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildStatus;
import dev.trestle.api.BaseImageStatus;
import dev.trestle.api.BuiltLeg;
import dev.trestle.api.ConditionStatus;
import dev.trestle.api.LegStatus;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Since when a base's published image is built: its age counts from its oldest leg. A leg that is built and not merged, because the build is
 * suspended or its merge is refused or fails, makes the published image no younger.
 */
final class PublishedAge {
    private PublishedAge() {}

    /**
     * When the oldest leg of the published image was built.
     *
     * @param build the base's own, if it is there
     * @param last the base's status before this pass
     * @return empty when nothing is published, or nothing is known of it
     */
    static Optional<Instant> of(Optional<BackendBuild> build, BaseImageStatus last) {
        return build.map(BackendBuild::getStatus)
                .filter(status -> status.image() != null)
                .flatMap(status -> of(status, last))
                .or(() -> Optional.ofNullable(last.builtAt()).map(Instant::parse));
    }

    private static Optional<Instant> of(BackendBuildStatus status, BaseImageStatus last) {
        var publishedAt = Instant.parse(Objects.requireNonNull(status.image()).publishedAt());
        if (isCurrent(status) || builtAt(status).noneMatch(publishedAt::isBefore)) {
            return builtAt(status).min(Instant::compareTo);
        }
        return last.builtAt() == null ? Optional.of(publishedAt) : Optional.empty();
    }

    /** Whether the tags hold the very images that the legs have; a rebuild that comes to the same content publishes nothing new. */
    private static boolean isCurrent(BackendBuildStatus status) {
        return status.conditions().stream()
                .anyMatch(
                        condition -> condition.type().equals("UpToDate") && condition.status() == ConditionStatus.True);
    }

    private static Stream<Instant> builtAt(BackendBuildStatus status) {
        return status.legs().stream()
                .map(LegStatus::built)
                .filter(Objects::nonNull)
                .map(BuiltLeg::finishedAt)
                .map(Instant::parse);
    }
}
