package dev.trestle.core.refresh;

import java.time.Instant;
import java.util.Optional;

/** Moments that come back. Equal arguments give equal answers, whenever they are asked for. */
public interface Schedule {

    /** The latest moment in (after, until]: whoever was away for several has one to make up for. Empty when there was none. */
    Optional<Instant> lastBetween(Instant after, Instant until);

    /** The first moment later than {@code after}; empty when there is none, as for the 30th of February. */
    Optional<Instant> nextAfter(Instant after);
}
