package dev.trestle.core.status;

import dev.trestle.api.LegFailure;
import dev.trestle.api.LegFailure.FailureClass;
import dev.trestle.core.plan.Snapshot;
import dev.trestle.core.render.LegPlan;
import dev.trestle.core.render.LegPod;
import java.util.ArrayList;
import java.util.List;

/** A failed leg in one sentence: which, in which step, how it ended, what it printed last, and where the rest is. */
final class FailureSentence {
    private static final int LINES = 3;

    private FailureSentence() {}

    static String of(Snapshot snapshot, LegPlan plan, LegFailure failure) {
        var sentence = new StringBuilder(
                "Leg %s failed%s. %s".formatted(plan.leg().platform(), where(failure), failure.message()));
        if (!failure.lastLines().isEmpty()) {
            sentence.append(" Last lines: ").append(String.join(" | ", lastOf(failure.lastLines())));
        }
        if (failure.failureClass() == FailureClass.Cancelled) { // its pod is gone
            return sentence.toString();
        }
        return sentence.append(" Full log: kubectl logs -n %s %s -c %s"
                        .formatted(
                                snapshot.build().getMetadata().getNamespace(),
                                plan.podName(snapshot.name()),
                                LegPod.BUILD_CONTAINER))
                .toString();
    }

    private static String where(LegFailure failure) {
        var details = new ArrayList<String>();
        if (failure.location() != null) {
            details.add(failure.location());
        }
        if (failure.exitCode() != null) {
            details.add("exit code " + failure.exitCode());
        }
        var step = failure.step() == null ? "" : " in '" + failure.step() + "'";
        return details.isEmpty() ? step : step + " (" + String.join(", ", details) + ")";
    }

    private static List<String> lastOf(List<String> lines) {
        return lines.subList(Math.max(0, lines.size() - LINES), lines.size());
    }
}
