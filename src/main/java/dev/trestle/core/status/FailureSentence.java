package dev.trestle.core.status;

import dev.trestle.api.FailureReason;
import dev.trestle.api.LegFailure;
import dev.trestle.core.plan.Snapshot;
import dev.trestle.core.render.LegPlan;
import dev.trestle.core.render.LegPod;
import java.util.ArrayList;
import java.util.List;

/** A failed leg in a few words: which, how, in which step, what it printed last, what to do, and the command that shows more. */
final class FailureSentence {
    private static final int LINES = 3;

    private FailureSentence() {}

    static String of(Snapshot snapshot, LegPlan plan, LegFailure failure) {
        var sentence = new StringBuilder("Leg %s failed%s: %s (%s). %s"
                .formatted(
                        plan.leg().platform(),
                        where(failure),
                        failure.reason(),
                        failure.failureClass(),
                        failure.message()));
        if (!failure.lastLines().isEmpty()) {
            sentence.append(" Last lines: ").append(String.join(" | ", lastOf(failure.lastLines())));
        }
        return sentence.append(advice(plan, failure))
                .append(more(snapshot, plan, failure))
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

    private static String advice(LegPlan plan, LegFailure failure) {
        if (failure.reason() != FailureReason.OutOfMemory) {
            return "";
        }
        var pool = plan.pool().name();
        return plan.isLarger()
                ? " It had the larger resources of pool '%s': raise 'largerResources', then: trestle retry."
                        .formatted(pool)
                : " Set 'largerResources' of pool '%s', or raise its 'resources', then: trestle retry.".formatted(pool);
    }

    /** The exact command; the pod of a leg that was cancelled, and with it all that it said, is gone. */
    private static String more(Snapshot snapshot, LegPlan plan, LegFailure failure) {
        var namespace = snapshot.build().getMetadata().getNamespace();
        var pod = plan.podName(snapshot.name());
        return switch (failure.reason()) {
            case Cancelled, ImageGone -> "";
            case Evicted,
                    NodeLost,
                    NodeShutdown,
                    NodeRefused,
                    Preempted,
                    ImagePull,
                    StartTimeout,
                    QueueTimeout,
                    ScratchFull,
                    InodesExhausted ->
                " What happened: kubectl get events -n %s --field-selector involvedObject.name=%s"
                        .formatted(namespace, pod);
            case BuilderCrashed ->
                " Its log: kubectl logs -n %s %s -c %s --previous".formatted(namespace, pod, LegPod.DAEMON_CONTAINER);
            case DockerfileError,
                    StepFailed,
                    BaseNotFound,
                    AccessDenied,
                    PushDenied,
                    NotAllowed,
                    BuildFailed,
                    RateLimited,
                    RegistryError,
                    DiskFull,
                    Interrupted,
                    SourceUnavailable,
                    Network,
                    BuilderError,
                    Unknown,
                    OutOfMemory,
                    EmulationRefused,
                    WrongNode,
                    BuildTimeout ->
                " Full log: kubectl logs -n %s %s -c %s".formatted(namespace, pod, LegPod.BUILD_CONTAINER);
        };
    }

    private static List<String> lastOf(List<String> lines) {
        return lines.subList(Math.max(0, lines.size() - LINES), lines.size());
    }
}
