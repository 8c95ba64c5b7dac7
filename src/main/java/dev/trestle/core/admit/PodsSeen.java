package dev.trestle.core.admit;

import java.util.List;

/** The legs' pods as the operator knows them, late by a moment. */
public interface PodsSeen {
    /** How the operator knows a pod. */
    enum Sighting {
        Absent,
        /** It is there, if only because this operator has just created it. */
        Running,
        Ended
    }

    /** Legs with a place in the pool, as the informers have them; a pod that was just created may be missing. */
    List<RunningLeg> runningIn(String pool);

    /** @param pod a leg's pod, or a merge */
    Sighting look(PodKey pod);
}
