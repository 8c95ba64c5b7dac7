package dev.trestle.core.status;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildStatus;
import dev.trestle.api.BaseImage;
import dev.trestle.api.BaseImageStatus;
import dev.trestle.api.BaseImageStatusBuilder;
import dev.trestle.api.Condition;
import dev.trestle.api.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The status of an object whose pass ends with an error of the operator itself. The status of the last good pass stays, without the parts
 * that a broken one cannot know: whether the image is up to date, and whether there is one of a generation that no pass has taken in.
 */
public final class BrokenPass {
    /** The types that a broken pass answers or removes. */
    private static final Set<String> ANSWERED = Set.of("Ready", "UpToDate", "Reconciling", "Stalled");

    private BrokenPass() {}

    /** The message for users. An exception's own message is left out: it may be long, and hold a repository's content. */
    public static String message(Throwable failure) {
        return "The operator cannot decide about this object: its pass ends with '%s'. It is retried at growing intervals of at most 5 minutes, and at once when the object changes. The operator's log has the stack; report it as a fault of Trestle."
                .formatted(failure.getClass().getName());
    }

    public static BackendBuildStatus of(BackendBuild build, String message, Instant now) {
        var last = Objects.requireNonNullElseGet(build.getStatus(), BackendBuildStatus::unseen);
        var generation = Objects.requireNonNullElse(build.getMetadata().getGeneration(), 0L);
        return new BackendBuildStatus(
                generation,
                conditions(last.conditions(), last.observedGeneration(), generation, message, now),
                last.legsBuilt(),
                last.legs(),
                last.run(),
                last.history(),
                last.image(),
                last.requests());
    }

    public static BaseImageStatus of(BaseImage base, String message, Instant now) {
        var last = Objects.requireNonNullElseGet(base.getStatus(), BaseImageStatus::unseen);
        var generation = Objects.requireNonNullElse(base.getMetadata().getGeneration(), 0L);
        return BaseImageStatusBuilder.builder(last)
                .observedGeneration(generation)
                .conditions(conditions(last.conditions(), last.observedGeneration(), generation, message, now))
                .build();
    }

    private static List<Condition> conditions(
            List<Condition> last, @Nullable Long observed, long generation, String message, Instant now) {
        var next = new Conditions(last, generation, now);
        var broken = Finding.unknown(Reason.InternalError, message);
        next.lastOf("Ready")
                .filter(_ -> Objects.equals(observed, generation))
                .ifPresentOrElse(next::keep, () -> next.set("Ready", broken));
        next.set("UpToDate", broken);
        last.stream().filter(condition -> !ANSWERED.contains(condition.type())).forEach(next::keep);
        return next.setIf(true, "Stalled", broken).all();
    }
}
