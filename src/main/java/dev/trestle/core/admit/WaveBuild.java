package dev.trestle.core.admit;

import dev.trestle.core.admit.WaveLeg.State;
import java.util.List;

/**
 * One build that a wave rebuilds.
 *
 * @param base the base that makes it due
 */
public record WaveBuild(String name, String base, List<WaveLeg> legs) {
    public WaveBuild {
        legs = List.copyOf(legs);
    }

    public long count(State state) {
        return legs.stream().filter(leg -> leg.state() == state).count();
    }
}
