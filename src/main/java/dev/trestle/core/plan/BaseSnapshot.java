package dev.trestle.core.plan;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BaseImage;
import dev.trestle.api.BaseImageStatus;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * All that the next step of one base depends on.
 *
 * @param build the BackendBuild that has the name of this base's build, whoever owns it
 */
public record BaseSnapshot(BaseImage base, Optional<BackendBuild> build, Instant now) {

    public BaseImageStatus status() {
        return Objects.requireNonNullElseGet(base.getStatus(), BaseImageStatus::unseen);
    }
}
