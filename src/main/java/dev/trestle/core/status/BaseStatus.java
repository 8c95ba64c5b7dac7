package dev.trestle.core.status;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildStatus;
import dev.trestle.api.BaseImageStatus;
import dev.trestle.api.BaseImageStatusBuilder;
import dev.trestle.api.Condition;
import dev.trestle.api.ConditionStatus;
import dev.trestle.api.PublishedImage;
import dev.trestle.api.Reason;
import dev.trestle.api.UpstreamImage;
import dev.trestle.core.plan.BasePlan;
import dev.trestle.core.plan.BaseSnapshot;
import dev.trestle.core.refresh.ScheduleView;
import dev.trestle.core.refresh.UpstreamView;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A base's status: the state of its build, and its age. */
public final class BaseStatus {
    private final BaseSnapshot snapshot;
    private final BasePlan.Decision decision;

    private BaseStatus(BaseSnapshot snapshot, BasePlan.Decision decision) {
        this.snapshot = snapshot;
        this.decision = decision;
    }

    public static BaseImageStatus of(BaseSnapshot snapshot, BasePlan.Decision decision) {
        var status = new BaseStatus(snapshot, decision);
        return BaseImageStatusBuilder.builder()
                .observedGeneration(snapshot.base().getMetadata().getGeneration())
                .conditions(status.conditions())
                .buildName(BasePlan.buildName(snapshot))
                .image(status.image().orElse(null))
                .builtAt(decision.builtAt().map(Conditions::timestamp).orElse(null))
                .nextAt(decision.refresh().nextAt().map(Conditions::timestamp).orElse(null))
                .schedule(decision.refresh().scheduleText().orElse(null))
                .scheduledAt(decision.refresh()
                        .scheduledAt()
                        .map(Conditions::timestamp)
                        .orElse(null))
                .consumers(snapshot.consumers().size())
                .failuresInARow(status.failures().count())
                .lastFailureAt(status.failures().lastAt())
                .rebuildRequest(decision.refresh().request().orElse(null))
                .upstream(decision.refresh().upstream().entrySet().stream()
                        .map(image -> new UpstreamImage(image.getKey(), image.getValue()))
                        .toList())
                .build();
    }

    private BaseFailures failures() {
        return BaseFailures.of(snapshot.status(), decision.build());
    }

    /** Consumers keep the last image while a newer one is made, and even when the build is gone. */
    private Optional<PublishedImage> image() {
        return decision.build()
                .map(BackendBuild::getStatus)
                .map(BackendBuildStatus::image)
                .or(() -> Optional.ofNullable(snapshot.status().image()));
    }

    private List<Condition> conditions() {
        var generation =
                Objects.requireNonNullElse(snapshot.base().getMetadata().getGeneration(), 0L);
        var conditions = new Conditions(snapshot.status().conditions(), generation, snapshot.now());
        var suspended = mirroredIfThere("Suspended")
                .filter(_ -> !decision.nameTaken() && decision.refusal().isEmpty());
        var ready = suspended.orElseGet(() -> mirrored("Ready"));
        return conditions
                .setIf(suspended.isPresent(), "Suspended", ready)
                .setUnless(suspended.isPresent(), "Ready", ready)
                .set("Fresh", fresh())
                .set("UpToDate", mirrored("UpToDate"))
                .set("Building", mirrored("Building"))
                .set("LastBuildSucceeded", mirrored("LastBuildSucceeded"))
                .setIf(ready.status() == ConditionStatus.Unknown, "Reconciling", ready)
                .setIf(ready.status() == ConditionStatus.False, "Stalled", ready)
                .all();
    }

    private Finding mirrored(String type) {
        if (decision.nameTaken()) {
            return nameTaken(type);
        }
        if (decision.refusal().isPresent()) {
            return Finding.unknown(Reason.Refused, decision.refusal().get());
        }
        return mirroredIfThere(type)
                .orElseGet(() -> Finding.unknown(
                        Reason.Pending,
                        "BackendBuild '%s' has not been looked at yet.".formatted(BasePlan.buildName(snapshot))));
    }

    /** As the build has it; a build that is suspended and idle has no {@code Ready}. */
    private Optional<Finding> mirroredIfThere(String type) {
        return decision.build()
                .filter(_ -> decision.isApplied())
                .flatMap(BaseStatus::currentStatus)
                .map(BackendBuildStatus::conditions)
                .or(this::conditionsOfSameSpec)
                .flatMap(conditions -> conditions.stream()
                        .filter(condition -> condition.type().equals(type))
                        .findFirst())
                .map(condition -> new Finding(condition.status(), condition.reason(), condition.message()));
    }

    private Finding nameTaken(String type) {
        var message = "BackendBuild '%s' exists and does not belong to this base. Rename one of them."
                .formatted(BasePlan.buildName(snapshot));
        return type.equals("Ready")
                ? Finding.isFalse(Reason.NameTaken, message)
                : Finding.unknown(Reason.NameTaken, message);
    }

    /** A refresh writes the build's spec, not the base's: until the build has been looked at again, nothing has changed. */
    private Optional<List<Condition>> conditionsOfSameSpec() {
        var last = snapshot.status();
        return Objects.equals(
                        last.observedGeneration(), snapshot.base().getMetadata().getGeneration())
                ? Optional.of(last.conditions())
                : Optional.empty();
    }

    /** A status of an earlier generation says nothing of this one. */
    private static Optional<BackendBuildStatus> currentStatus(BackendBuild build) {
        return Optional.ofNullable(build.getStatus())
                .filter(status -> Objects.equals(
                        status.observedGeneration(), build.getMetadata().getGeneration()));
    }

    private Finding fresh() {
        var age = byAge();
        return age.status() == ConditionStatus.True ? upstreamUnavailable().orElse(age) : age;
    }

    /** A base whose upstream image cannot be read may be outdated. */
    private Optional<Finding> upstreamUnavailable() {
        return snapshot.base().getSpec().upstream().stream()
                .map(snapshot.upstream()::get)
                .filter(UpstreamView.Unavailable.class::isInstance)
                .map(UpstreamView.Unavailable.class::cast)
                .findFirst()
                .map(view -> Finding.unknown(Reason.UpstreamUnavailable, view.message()));
    }

    private Finding byAge() {
        if (snapshot.schedule() instanceof ScheduleView.Invalid(var message)) {
            return Finding.unknown(Reason.ScheduleInvalid, message);
        }
        if (decision.builtAt().isEmpty()) {
            return Finding.unknown(Reason.NeverBuilt, "The base has not been built yet.");
        }
        var builtAt = Conditions.timestamp(decision.builtAt().get());
        return decision.staleAt()
                .map(staleAt -> freshUntil(builtAt, staleAt))
                .orElseGet(() ->
                        Finding.isTrue(Reason.Fresh, "Built at %s; no 'maxAgeSeconds' is set.".formatted(builtAt)));
    }

    private Finding freshUntil(String builtAt, Instant staleAt) {
        return snapshot.now().isBefore(staleAt)
                ? Finding.isTrue(
                        Reason.Fresh, "Built at %s; stale at %s.".formatted(builtAt, Conditions.timestamp(staleAt)))
                : Finding.isFalse(
                        Reason.Stale, "Built at %s; stale since %s.".formatted(builtAt, Conditions.timestamp(staleAt)));
    }
}
