package dev.trestle.core.status;

import dev.trestle.api.BackendBuildStatus;
import dev.trestle.api.BaseImageStatus;
import dev.trestle.api.Condition;
import dev.trestle.api.ConditionStatus;
import dev.trestle.api.ManifestMergeStatus;
import dev.trestle.api.Reason;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What of a status is news worth an event: that something went wrong. That all is well the conditions say, at no cost. */
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
        return of(before.conditions(), after.conditions());
    }

    public static List<Announcement> of(BaseImageStatus before, BaseImageStatus after) {
        return of(before.conditions(), after.conditions());
    }

    public static List<Announcement> of(ManifestMergeStatus before, ManifestMergeStatus after) {
        return of(before.conditions(), after.conditions());
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
                .filter(condition -> NEWSWORTHY.contains(condition.type()))
                .filter(condition -> condition.status() == ConditionStatus.False);
    }

    private static boolean isSame(Condition then, Condition now) {
        return then.type().equals(now.type())
                && then.reason() == now.reason()
                && then.message().equals(now.message());
    }
}
