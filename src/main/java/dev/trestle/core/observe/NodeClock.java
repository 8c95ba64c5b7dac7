package dev.trestle.core.observe;

import java.time.Instant;

/** Times that a node has told. Its clock may be minutes off, and what happened first must not follow from that. */
public final class NodeClock {
    private NodeClock() {}

    /**
     * @param told when it was, by the node
     * @param created when what it tells of was created, by the API server
     * @param now when it is seen
     * @return {@code told}, but not before it can have been nor after
     */
    public static Instant corrected(Instant told, Instant created, Instant now) {
        if (told.isAfter(now)) {
            return now;
        }
        return told.isBefore(created) ? created : told;
    }
}
