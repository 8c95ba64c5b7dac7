package dev.trestle.core.refresh;

import java.time.Instant;
import java.util.Optional;

/** Moments that come back. Equal arguments give equal answers, whenever they are asked for. */
public interface Schedule {

    /** The latest moment in (after, until]: an operator that was away for several makes up for one. Empty when there was none. */
    Optional<Instant> lastBetween(Instant after, Instant until);

    /** The first moment later than {@code after}; empty when there is none, as for the 30th of February. */
    Optional<Instant> nextAfter(Instant after);
}
