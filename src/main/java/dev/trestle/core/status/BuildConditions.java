package dev.trestle.core.status;

import dev.trestle.api.Condition;
import dev.trestle.api.ConditionStatus;
import dev.trestle.api.InputKind;
import dev.trestle.api.PublishedImage;
import dev.trestle.api.Reason;
import dev.trestle.core.inputs.Moved;
import dev.trestle.core.inputs.SourceWarning;
import dev.trestle.core.plan.LegStep;
import dev.trestle.core.plan.SourceView;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A build's conditions. A routine rebuild never flips {@code Ready}; work in progress is {@code Unknown}. */
final class BuildConditions {
    private static final Set<InputKind> ASKED = Set.of(InputKind.Refresh, InputKind.Request);

    /** There only while it is true; it is no failure. */
    static final String SOURCE_WARNING = "SourceWarning";

    private final BuildFacts facts;
    private final Conditions conditions;

    private BuildConditions(BuildFacts facts, Conditions conditions) {
        this.facts = facts;
        this.conditions = conditions;
    }

    static List<Condition> of(BuildFacts facts) {
        var snapshot = facts.snapshot();
        var generation =
                Objects.requireNonNullElse(snapshot.build().getMetadata().getGeneration(), 0L);
        var conditions = new Conditions(snapshot.status().conditions(), generation, snapshot.now());
        return new BuildConditions(facts, conditions).all();
    }

    /**
     * A suspended, idle build has no {@code Ready}: kstatus reads {@code False} and {@code Unknown} as work in progress, and waits for
     * it, while {@code True} is for a published image alone.
     */
    private List<Condition> all() {
        var ready = ready();
        var suspended = facts.isSuspendedAndIdle();
        var stalled = ready.status() == ConditionStatus.False && !suspended;
        var warning = warning();
        return conditions
                .setIf(suspended, "Suspended", Finding.isTrue(Reason.Suspended, suspendedMessage()))
                .setUnless(suspended, "Ready", ready)
                .set("UpToDate", upToDate())
                .set("Building", building())
                .set("LastBuildSucceeded", lastBuildSucceeded())
                .setIf(ready.status() == ConditionStatus.Unknown && !suspended, "Reconciling", ready)
                .setIf(stalled, "Stalled", ready)
                .setIf(warning.isPresent(), SOURCE_WARNING, warning.orElse(ready))
                .all();
    }

    /** While the source cannot be read, its last conditions stay. */
    private Optional<Finding> warning() {
        if (!(facts.snapshot().source() instanceof SourceView.Known source)) {
            return last(SOURCE_WARNING);
        }
        var warnings = source.warnings();
        return warnings.stream().findFirst().map(first -> Finding.isTrue(first.reason(), SourceWarning.text(warnings)));
    }

    private Finding ready() {
        if (facts.fulfilsSpec()) {
            return published(facts.image().orElseThrow());
        }
        return facts.isActive()
                ? inProgress()
                : facts.failure().or(facts::deadEnd).orElseGet(this::inProgress);
    }

    private String suspendedMessage() {
        return facts.waiting()
                .filter(waiting -> waiting.reason() == Reason.Suspended)
                .map(Finding::message)
                .orElse("'spec.suspend' is true.");
    }

    private Finding published(PublishedImage image) {
        return image.missing().isEmpty()
                ? Finding.isTrue(Reason.Published, "Published as '%s'.".formatted(image.digest()))
                : Finding.isTrue(
                        Reason.PublishedPartial,
                        "%s as '%s'.%s"
                                .formatted(
                                        without(image),
                                        image.digest(),
                                        facts.failure()
                                                .map(failure -> " " + failure.message())
                                                .orElse("")));
    }

    private static String without(PublishedImage image) {
        return "Published without " + String.join(", ", image.missing());
    }

    private Finding inProgress() {
        if (facts.isMerging()) {
            return facts.heldMerge().orElseGet(() -> Finding.unknown(Reason.Merging, mergingMessage()));
        }
        if (facts.isBuilding()) {
            return Finding.unknown(Reason.Building, buildingMessage());
        }
        return facts.waiting().orElseGet(() -> Finding.unknown(Reason.NeverBuilt, "Nothing has been built yet."));
    }

    private String mergingMessage() {
        var legs = facts.decision().legs().size();
        return facts.builtLegs() == legs
                ? "All legs are built and are being merged."
                : "%d of %d legs are built and are being merged.".formatted(facts.builtLegs(), legs);
    }

    private String buildingMessage() {
        var built = "%d of %d legs are built."
                .formatted(facts.builtLegs(), facts.decision().legs().size());
        return facts.waiting()
                .map(Finding::message)
                .or(() -> LegStatuses.heldUp(facts.decision().legs()))
                .map(why -> built + " " + why)
                .orElse(built);
    }

    private Finding upToDate() {
        var git = facts.snapshot().build().getSpec().source().git();
        if (git.revision() == null && facts.snapshot().source() instanceof SourceView.Unavailable(var message)) {
            return Finding.unknown(Reason.SourceUnavailable, message);
        }
        if (facts.isCurrentPart()) {
            var image = facts.image().orElseThrow();
            return Finding.isFalse(Reason.PublishedPartial, without(image) + ".");
        }
        if (facts.isCurrent()) {
            return Finding.isTrue(Reason.UpToDate, "Nothing has moved since the image was built.");
        }
        if (facts.image().isEmpty()) {
            return Finding.isFalse(Reason.NeverBuilt, "No image has been published yet.");
        }
        return facts.fulfilsSpec()
                ? inputMoved()
                : Finding.isFalse(Reason.SpecChanged, "The spec has changed since the image was built.");
    }

    private Finding inputMoved() {
        var reasons = facts.decision().legs().stream()
                .flatMap(BuildConditions::reasons)
                .distinct()
                .toList();
        var text = String.join("; ", reasons);
        return Finding.isFalse(movedReason(), text.isEmpty() ? "The legs have been built anew." : text);
    }

    private Reason movedReason() {
        var kinds = facts.decision().legs().stream()
                .flatMap(step -> step.progress().planned().stream())
                .flatMap(plan -> plan.moved().stream())
                .map(Moved::kind)
                .collect(Collectors.toSet());
        if (kinds.isEmpty() && facts.isMerging()) {
            return Reason.Merging;
        }
        if (kinds.contains(InputKind.Base)) {
            return Reason.BaseMoved;
        }
        return ASKED.containsAll(kinds) && !kinds.isEmpty() ? Reason.RefreshDue : Reason.SourceChanged;
    }

    private static Stream<String> reasons(LegStep step) {
        return step.progress().planned().stream().flatMap(plan -> plan.reasons().stream());
    }

    private Finding building() {
        if (facts.isMerging()) {
            return facts.heldMerge()
                    .map(held -> Finding.isFalse(held.reason(), held.message()))
                    .orElseGet(() -> Finding.isTrue(Reason.Merging, mergingMessage()));
        }
        if (facts.isBuilding()) {
            return Finding.isTrue(Reason.Building, buildingMessage());
        }
        return facts.held()
                .findFirst()
                .map(held -> Finding.isFalse(held.reason(), held.message()))
                .orElseGet(() -> Finding.isFalse(Reason.Idle, "Nothing is being built."));
    }

    private Finding lastBuildSucceeded() {
        if (facts.isBuilding() || facts.isMerging()) {
            return last("LastBuildSucceeded").orElse(Finding.unknown(Reason.Building, "The first build is under way."));
        }
        var failure = facts.failure();
        if (failure.isPresent()) {
            return facts.isCurrentPart() ? ofPart(failure.get()) : failure.get();
        }
        return facts.isCurrent()
                ? Finding.isTrue(Reason.Succeeded, "The last build was published.")
                : last("LastBuildSucceeded")
                        .filter(last -> last.status() != ConditionStatus.Unknown) // that of a build that came to no end
                        .orElse(Finding.unknown(Reason.NeverBuilt, "No build has come to its end yet."));
    }

    private Finding ofPart(Finding failure) {
        var image = facts.image().orElseThrow();
        return new Finding(failure.status(), failure.reason(), without(image) + ": " + failure.message());
    }

    private Optional<Finding> last(String type) {
        return conditions
                .lastOf(type)
                .map(condition -> new Finding(condition.status(), condition.reason(), condition.message()));
    }
}
