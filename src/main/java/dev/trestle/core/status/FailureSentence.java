package dev.trestle.core.status;

import dev.trestle.api.BackendBuildSpec;
import dev.trestle.api.FailureReason;
import dev.trestle.api.LegFailure;
import dev.trestle.core.plan.Snapshot;
import dev.trestle.core.render.LegPlan;
import dev.trestle.core.render.LegPod;
import java.util.ArrayList;

/** A failed leg in a few words: which, how, in which step, its last lines, the way out, and the command that shows more. */
final class FailureSentence {
    private static final int LINES = 3;

    private FailureSentence() {}

    static String of(Snapshot snapshot, LegPlan plan, LegFailure failure) {
        var what = "Leg %s failed%s: %s (%s). %s"
                .formatted(
                        plan.leg().platform(),
                        where(failure),
                        failure.reason(),
                        failure.failureClass(),
                        failure.message());
        var rest = lastLines(failure) + advice(snapshot, plan, failure) + more(snapshot, plan, failure);
        return rest.isEmpty() ? what : Sentences.ended(what) + rest;
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

    private static String advice(Snapshot snapshot, LegPlan plan, LegFailure failure) {
        // of a submodule, the message itself has the way out: its host may be another one than the Secret is for
        if (failure.reason() == FailureReason.SourceDenied && !failure.message().startsWith("Submodule '")) {
            return toGetRights(snapshot.build().getSpec());
        }
        return failure.reason() == FailureReason.OutOfMemory ? toGetMemory(plan) : "";
    }

    private static String toGetRights(BackendBuildSpec spec) {
        var secret = spec.source().git().secret();
        if (!spec.trusted()) {
            return " An untrusted build has no credentials: build from a repository that everybody may read.";
        }
        return secret == null
                ? " Name a Secret of type 'kubernetes.io/basic-auth' in 'spec.source.git.secret', then: trestle retry."
                : " Put a token that may read it under 'password' of Secret '%s', which 'spec.source.git.secret' names, then: trestle retry."
                        .formatted(secret);
    }

    private static String toGetMemory(LegPlan plan) {
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
                    SourceDenied,
                    PushDenied,
                    NotAllowed,
                    BuildFailed,
                    RateLimited,
                    RegistryError,
                    DiskFull,
                    StepDiskFull,
                    Interrupted,
                    SourceUnavailable,
                    Network,
                    LayerUnavailable,
                    BuilderError,
                    Unknown,
                    OutOfMemory,
                    EmulationRefused,
                    WrongNode,
                    BuildTimeout ->
                " Full log: kubectl logs -n %s %s -c %s".formatted(namespace, pod, LegPod.BUILD_CONTAINER);
        };
    }

    private static String lastLines(LegFailure failure) {
        var all = failure.lastLines();
        return all.isEmpty()
                ? ""
                : Sentences.ended(" Last lines: "
                        + String.join(" | ", all.subList(Math.max(0, all.size() - LINES), all.size())));
    }
}
