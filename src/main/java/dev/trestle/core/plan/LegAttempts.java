package dev.trestle.core.plan;

import dev.trestle.api.BuiltLeg;
import dev.trestle.api.FailureReason;
import dev.trestle.api.Leg;
import dev.trestle.api.LegFailure;
import dev.trestle.api.LegStatus;
import dev.trestle.api.LostAttempt;
import dev.trestle.api.Reason;
import dev.trestle.core.Platform;
import dev.trestle.core.config.Pool;
import dev.trestle.core.inputs.LegInputs;
import dev.trestle.core.observe.LegOutcome;
import dev.trestle.core.plan.LegProgress.AfterMerge;
import dev.trestle.core.plan.LegProgress.Building;
import dev.trestle.core.plan.LegProgress.Done;
import dev.trestle.core.plan.LegProgress.Due;
import dev.trestle.core.plan.LegProgress.Ending;
import dev.trestle.core.plan.LegProgress.Failed;
import dev.trestle.core.plan.LegProgress.Overtaken;
import dev.trestle.core.plan.LegProgress.Queued;
import dev.trestle.core.plan.LegProgress.Retry;
import dev.trestle.core.plan.LegProgress.Waiting;
import dev.trestle.core.render.LegPlan;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A leg whose inputs are known and of which the status has no image, or one that its anchor may have lost. Its pods and its attempts
 * decide.
 */
final class LegAttempts {
    private final Snapshot snapshot;
    private final Leg leg;
    private final LegInputs inputs;
    private final Optional<LegStatus> last;
    private final Anchor anchor;
    private final GoneImages gone;
    private final Requests requests;

    LegAttempts(Snapshot snapshot, Leg leg, LegInputs inputs, Anchor anchor, GoneImages gone) {
        this.snapshot = snapshot;
        this.leg = leg;
        this.inputs = inputs;
        this.last = snapshot.statusOf(leg.platform());
        this.anchor = anchor;
        this.gone = gone;
        this.requests = Requests.of(snapshot.build());
    }

    LegProgress progress(String revision, Optional<String> base) {
        var pool = pool().orElseThrow();
        return latestPod()
                .map(pod -> observed(pod, plan(pool, revision, base, LostAttempts.attemptOf(pod))))
                .orElseGet(() -> takenOver(plan(pool, revision, base, lostAttempts() + 1)));
    }

    private LegProgress takenOver(LegPlan plan) {
        return Takeover.of(snapshot, leg, inputs)
                .<LegProgress>map(image -> new Done(image, Optional.of(plan)))
                .orElseGet(() -> withoutPod(plan));
    }

    /** No pod: absence alone never counts as an attempt, since it may be a cache that lags; the name is the same again. */
    private LegProgress withoutPod(LegPlan plan) {
        var failure = recordedFailure()
                .or(() -> last.map(LegStatus::built)
                        .filter(image -> image.fingerprint().equals(inputs.fingerprint()))
                        .flatMap(this::givenUp));
        if (failure.isPresent()) {
            return new Failed(plan, failure.get());
        }
        return snapshot.build().getSpec().suspended()
                ? new Waiting(Reason.Suspended, "'spec.suspend' is true.")
                : backingOff(plan).orElseGet(() -> startAfterMerges(plan));
    }

    /** The pod of the attempt before is gone; the status still records when the next is due. */
    private Optional<LegProgress> backingOff(LegPlan plan) {
        if (requests.retries() || plan.lost().isEmpty() || plan.lost().getLast().attempt() != plan.attempt() - 1) {
            return Optional.empty();
        }
        return retryAt(plan.lost(), plan)
                .filter(snapshot.now()::isBefore)
                .map(due -> new Retry(plan, LostAttempts.failureOf(plan.lost().getLast()), due));
    }

    private LegProgress startAfterMerges(LegPlan plan) {
        return snapshot.history()
                .underWay()
                .<LegProgress>map(merge -> new AfterMerge(plan, merge))
                .or(() -> Gate.paused(snapshot, plan))
                .orElseGet(() -> new Due(plan));
    }

    private LegProgress observed(Pod pod, LegPlan plan) {
        return switch (LegOutcome.of(pod, plan.pool().deadlines(), snapshot.now())) {
            case LegOutcome.Queued(var why) -> new Queued(plan, why);
            case LegOutcome.Building _ -> new Building(plan);
            case LegOutcome.Ending _ -> ending(pod, plan);
            case LegOutcome.Succeeded outcome -> succeeded(plan, BuiltLegs.of(plan, outcome, pod, snapshot.now()));
            case LegOutcome.Failed(var failure, var at) -> failed(pod, plan, failure, Instant.parse(at));
        };
    }

    private LegProgress succeeded(LegPlan plan, BuiltLeg image) {
        if (anchor.keepsObserved(image)) {
            return new Done(image, Optional.of(plan));
        }
        return givenUp(image)
                .<LegProgress>map(failure -> new Failed(plan, failure))
                .orElseGet(() -> new Overtaken(plan));
    }

    private Optional<LegFailure> givenUp(BuiltLeg image) {
        return requests.retries() ? Optional.empty() : gone.givenUp(image);
    }

    /** That the pod of a leg that has failed is taken away is no reason to build it again. */
    private LegProgress ending(Pod pod, LegPlan plan) {
        return recordedFailure()
                .<LegProgress>map(failure -> new Failed(plan, failure))
                .or(() -> recordedAttempt(plan)
                        .map(lost -> failed(pod, plan, LostAttempts.failureOf(lost), Instant.parse(lost.at()))))
                .orElseGet(() -> new Ending(plan));
    }

    private Optional<LostAttempt> recordedAttempt(LegPlan plan) {
        return statusOfInputs().map(LegStatus::lost).orElse(List.of()).stream()
                .filter(lost -> lost.attempt() == plan.attempt())
                .findFirst();
    }

    private Optional<LegFailure> recordedFailure() {
        return statusOfInputs().filter(_ -> !requests.retries()).map(LegStatus::failure);
    }

    /** An attempt that is recorded as lost has been asked for once more, and the next has not been started yet. */
    private LegProgress failed(Pod pod, LegPlan plan, LegFailure failure, Instant at) {
        var lost = LostAttempts.with(plan.lost(), plan.attempt(), failure, at);
        var next = plan.again(lost);
        if (requests.retries()) {
            return startAfterMerges(next);
        }
        var cancelled = recordedFailure().filter(known -> known.reason() == FailureReason.Cancelled);
        if (cancelled.isPresent()) {
            return new Failed(plan, cancelled.get());
        }
        return retryAt(lost, next)
                .map(due -> Collections.max(List.of(due, LegPods.goneAt(pod, snapshot.now()))))
                .<LegProgress>map(
                        due -> due.isAfter(snapshot.now()) ? new Retry(next, failure, due) : startAfterMerges(next))
                .orElseGet(() -> lostAttempts() < plan.attempt() ? new Failed(plan, failure) : startAfterMerges(next));
    }

    private Optional<Instant> retryAt(List<LostAttempt> lost, LegPlan next) {
        var retries = snapshot.configuration().retries();
        return Retries.next(lost, retries, next.pool(), next.podName(snapshot.name()));
    }

    private LegPlan plan(Pool pool, String revision, Optional<String> base, int attempt) {
        var why = gone.explain(Why.of(
                last.map(LegStatus::built),
                inputs,
                snapshot.build().getSpec().source().git().inputs()));
        var cause = Causes.of(snapshot, why.moved());
        var lost = LostAttempts.before(attempt, pods(), statusOfInputs(), pool.deadlines(), snapshot.now());
        return new LegPlan(leg, pool, revision, base, inputs, attempt, lost, cause, why.moved(), why.reasons());
    }

    private Optional<Pod> latestPod() {
        return pods().stream().max(Comparator.comparingInt(LostAttempts::attemptOf));
    }

    private List<Pod> pods() {
        return LegPods.of(snapshot.pods(), Platform.parse(leg.platform())).stream()
                .filter(pod -> LegPods.builds(pod, inputs.fingerprint()))
                .toList();
    }

    private int lostAttempts() {
        return statusOfInputs().map(LegStatus::lostAttempts).orElse(0);
    }

    private Optional<LegStatus> statusOfInputs() {
        return last.filter(status -> inputs.fingerprint().equals(status.fingerprint()));
    }

    private Optional<Pool> pool() {
        return snapshot.configuration()
                .poolFor(
                        Optional.ofNullable(leg.pool()),
                        leg.effectiveBuildPlatform(),
                        snapshot.build().getSpec().effectiveTrust());
    }
}
