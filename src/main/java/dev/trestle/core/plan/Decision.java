package dev.trestle.core.plan;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What to do for one build, and where it stands.
 *
 * @param revision the commit that the run builds, when it is known
 * @param actions to be done in this order
 * @param wakeAt when to look again although nothing has happened
 */
public record Decision(
        Optional<String> revision,
        List<LegStep> legs,
        MergeProgress merge,
        List<Action> actions,
        Optional<Instant> wakeAt) {

    public Decision {
        legs = List.copyOf(legs);
        actions = List.copyOf(actions);
    }
}
