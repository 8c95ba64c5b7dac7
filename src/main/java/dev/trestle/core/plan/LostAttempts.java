package dev.trestle.core.plan;

import dev.trestle.api.LegFailure;
import dev.trestle.api.LegStatus;
import dev.trestle.api.LostAttempt;
import dev.trestle.core.Labels;
import dev.trestle.core.config.Deadlines;
import dev.trestle.core.observe.LegOutcome;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The attempts at a leg's present inputs that have failed: as its pods tell, which know more with time, and as the status has them,
 * for pods of lost nodes and of drained ones are gone soon.
 */
final class LostAttempts {
    /** As many as a status takes; the operator makes no more attempts than these without a request. */
    private static final int KEPT = 40;

    private LostAttempts() {}

    /**
     * @param pods those of the leg's present inputs
     * @param last the leg's status, when it is of these inputs
     * @return the attempts before this one, in order
     */
    static List<LostAttempt> before(
            int attempt, List<Pod> pods, Optional<LegStatus> last, Deadlines deadlines, Instant now) {
        var lost = new TreeMap<Integer, LostAttempt>();
        last.map(LegStatus::lost).orElse(List.of()).forEach(known -> lost.put(known.attempt(), known));
        for (var pod : pods) {
            if (LegOutcome.of(pod, deadlines, now) instanceof LegOutcome.Failed(var failure, var at)) {
                lost.put(attemptOf(pod), of(attemptOf(pod), failure, at));
            }
        }
        return latest(List.copyOf(lost.headMap(attempt).values()));
    }

    static List<LostAttempt> with(List<LostAttempt> before, int attempt, LegFailure failure, Instant at) {
        var lost = new ArrayList<>(before);
        lost.add(of(attempt, failure, at.toString()));
        return latest(lost);
    }

    private static List<LostAttempt> latest(List<LostAttempt> lost) {
        return lost.subList(Math.max(0, lost.size() - KEPT), lost.size());
    }

    /** The failure as the status records it when the pod is gone. */
    static LegFailure failureOf(LostAttempt lost) {
        return LegFailure.of(lost.reason(), null, lost.reason().meaning()).on(lost.node());
    }

    static int attemptOf(Pod pod) {
        return Integer.parseInt(pod.getMetadata().getLabels().getOrDefault(Labels.ATTEMPT, "1"));
    }

    private static LostAttempt of(int attempt, LegFailure failure, String at) {
        return new LostAttempt(attempt, failure.reason(), at, failure.node(), failure.registry());
    }
}
