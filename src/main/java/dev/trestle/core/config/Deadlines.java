package dev.trestle.core.config;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a leg may stay in each of its phases.
 *
 * @param queue from the pod's creation until a node takes it; no limit when empty
 * @param start from then until the build container runs: images are pulled, volumes are mounted
 * @param build from then until the build container has ended
 */
public record Deadlines(Optional<Duration> queue, Duration start, Duration build) {}
