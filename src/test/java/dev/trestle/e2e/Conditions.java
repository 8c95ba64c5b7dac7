package dev.trestle.e2e;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildStatus;
import dev.trestle.api.BaseImage;
import dev.trestle.api.Condition;
import dev.trestle.api.ConditionStatus;
import dev.trestle.api.LegStatus;
import java.util.List;
import java.util.Optional;

/** What a build's status says, asked as a user would. */
public final class Conditions {
    private Conditions() {}

    public static Optional<Condition> find(BackendBuild build, String type) {
        return Optional.ofNullable(build.getStatus()).map(BackendBuildStatus::conditions).orElse(List.of()).stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst();
    }

    public static boolean is(BackendBuild build, String type, ConditionStatus status) {
        return find(build, type).filter(found -> found.status() == status).isPresent();
    }

    public static boolean is(BaseImage base, String type, ConditionStatus status) {
        return base.getStatus().conditions().stream()
                .anyMatch(found -> found.type().equals(type) && found.status() == status);
    }

    /** Ready, for the spec as it is now: what {@code kubectl wait} and Argo CD go by. */
    public static boolean isReadyNow(BackendBuild build) {
        return find(build, "Ready")
                .filter(ready -> ready.status() == ConditionStatus.True)
                .filter(ready ->
                        ready.observedGeneration() == build.getMetadata().getGeneration())
                .isPresent();
    }

    /** The first leg, or nothing before the operator has seen the build. */
    public static Optional<LegStatus> firstLeg(BackendBuild build) {
        return Optional.ofNullable(build.getStatus()).map(BackendBuildStatus::legs).orElse(List.of()).stream()
                .findFirst();
    }
}
