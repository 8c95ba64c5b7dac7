package dev.trestle.core.status;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildStatus;
import dev.trestle.api.Condition;
import dev.trestle.api.ConditionStatus;
import dev.trestle.api.Reason;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The builds that do not build: their last build failed, or something that does not pass by itself holds them back. */
public final class FailingBuilds {
    /** How many are listed at most, so that a registry that is down does not make one time series for each of 10,000 builds. */
    public static final int MOST = 1_000;

    /** Cancelled and suspended is intended; a base that does not build is listed itself, by its own build. */
    private static final Set<Reason> NOT_ITS_OWN =
            EnumSet.of(Reason.Cancelled, Reason.Suspended, Reason.BaseFailed, Reason.BaseSuspended);

    /** These hold a build back before anything can fail; some of them say so in a condition that is Unknown. */
    private static final Set<Reason> HELD_BACK = EnumSet.of(
            Reason.SourceUnavailable,
            Reason.Refused,
            Reason.NoPool,
            Reason.NameTaken,
            Reason.RepositoryDenied,
            Reason.ReferenceConflict,
            Reason.BaseConflict,
            Reason.BaseNotFound,
            Reason.BaseCycle,
            Reason.BasePlatformMissing,
            Reason.WaitingForRegistry);

    private FailingBuilds() {}

    /** @return the first {@link #MOST} of those that fail, by namespace and name */
    public static List<BackendBuild> of(Stream<BackendBuild> builds) {
        return builds.filter(FailingBuilds::isFailing)
                .sorted(Comparator.comparing(
                                (HasMetadata build) -> build.getMetadata().getNamespace())
                        .thenComparing(build -> build.getMetadata().getName()))
                .limit(MOST)
                .toList();
    }

    /** Whether the conditions say that the build has failed or cannot start; a build that was never looked at, or is suspended, has not. */
    public static boolean isFailing(BackendBuild build) {
        return build.getStatus() != null
                && !build.getSpec().suspended()
                && conditions(build.getStatus()).anyMatch(FailingBuilds::isTrouble);
    }

    private static Stream<Condition> conditions(BackendBuildStatus status) {
        return status.conditions().stream().filter(condition -> !NOT_ITS_OWN.contains(condition.reason()));
    }

    private static boolean isTrouble(Condition condition) {
        return switch (condition.type()) {
            case "LastBuildSucceeded", "Ready" ->
                condition.status() == ConditionStatus.False || HELD_BACK.contains(condition.reason());
            case "Building", "UpToDate" -> HELD_BACK.contains(condition.reason());
            default -> false;
        };
    }
}
