package dev.trestle.core.observe;

import java.time.Instant;

/** Times that a node reports. Its clock may be minutes off, and the order of events must not follow from it. */
public final class NodeClock {
    private NodeClock() {}

    /**
     * @param told when it was, by the node
     * @param created creation time of the object, by the API server
     * @param now when it is seen
     * @return {@code told}, but not after it is seen nor before it was created, which holds even if this clock is off too
     */
    public static Instant corrected(Instant told, Instant created, Instant now) {
        var seen = told.isAfter(now) ? now : told;
        return seen.isBefore(created) ? created : seen;
    }
}
