package dev.trestle.core.observe;

import java.time.Instant;

/** Times that a node has told. Its clock may be minutes off, and what happened first must not follow from that. */
public final class NodeClock {
    private NodeClock() {}

    /**
     * @param told when it was, by the node
     * @param created when what it tells of was created, by the API server
     * @param now when it is seen
     * @return {@code told}, but not after it is seen nor before it was created, which holds even if this clock is off too
     */
    public static Instant corrected(Instant told, Instant created, Instant now) {
        var seen = told.isAfter(now) ? now : told;
        return seen.isBefore(created) ? created : seen;
    }
}
