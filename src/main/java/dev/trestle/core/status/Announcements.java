package dev.trestle.core.status;

import dev.trestle.api.BackendBuildStatus;
import dev.trestle.api.BaseImageStatus;
import dev.trestle.api.Condition;
import dev.trestle.api.ConditionStatus;
import dev.trestle.api.ManifestMergeStatus;
import dev.trestle.api.Reason;
import dev.trestle.api.RunStatus;
import dev.trestle.core.plan.RunSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The part of a status that is worth an event: failures. Conditions report successes, at no cost. */
public final class Announcements {
    private static final Set<String> NEWSWORTHY = Set.of("Ready", "LastBuildSucceeded", "Fresh", "Succeeded");

    private Announcements() {}

    /** The type of a Kubernetes event. */
    public enum Kind {
        Normal,
        Warning
    }

    /** One event. */
    public record Announcement(Kind kind, Reason reason, String note) {}

    public static List<Announcement> of(BackendBuildStatus before, BackendBuildStatus after) {
        var told = new ArrayList<>(of(before.conditions(), after.conditions()));
        skipped(before.run(), after.run()).ifPresent(told::add);
        return told;
    }

    public static List<Announcement> of(BaseImageStatus before, BaseImageStatus after) {
        return of(before.conditions(), after.conditions());
    }

    public static List<Announcement> of(ManifestMergeStatus before, ManifestMergeStatus after) {
        return of(before.conditions(), after.conditions());
    }

    private static Optional<Announcement> skipped(@Nullable RunStatus before, @Nullable RunStatus after) {
        if (after == null || after.skipped() == null || isSame(before, after)) {
            return Optional.empty();
        }
        return Optional.of(new Announcement(
                Kind.Warning,
                Reason.PushesSkipped,
                "%d of the %s before '%s' are not built: 'runPolicy: Every' builds the newest %d that were pushed since the last run."
                        .formatted(
                                after.skipped(),
                                after.gitTag() == null ? "commits" : "releases",
                                Objects.requireNonNullElse(after.gitTag(), after.revision()),
                                RunSource.MOST_PUSHES)));
    }

    private static boolean isSame(@Nullable RunStatus then, RunStatus now) {
        return then != null
                && then.revision().equals(now.revision())
                && then.startedAt().equals(now.startedAt())
                && Objects.equals(then.gitTag(), now.gitTag());
    }

    private static List<Announcement> of(List<Condition> before, List<Condition> after) {
        return bad(after)
                .filter(now -> bad(before).noneMatch(then -> isSame(then, now)))
                .map(condition -> new Announcement(Kind.Warning, condition.reason(), condition.message()))
                .distinct()
                .toList();
    }

    private static Stream<Condition> bad(List<Condition> conditions) {
        return conditions.stream()
                .filter(condition -> condition.type().equals(BuildConditions.SOURCE_WARNING)
                        || condition.reason() == Reason.UpstreamUnavailable
                        || (NEWSWORTHY.contains(condition.type()) && condition.status() == ConditionStatus.False));
    }

    private static boolean isSame(Condition then, Condition now) {
        return then.type().equals(now.type())
                && then.reason() == now.reason()
                && then.message().equals(now.message());
    }
}
