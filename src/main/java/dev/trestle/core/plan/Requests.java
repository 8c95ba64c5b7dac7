package dev.trestle.core.plan;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildStatus;
import dev.trestle.api.HandledRequests;
import dev.trestle.api.Input;
import dev.trestle.api.InputKind;
import dev.trestle.core.Hash;
import dev.trestle.core.Labels;
import dev.trestle.core.render.LegPlan;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Requests of users to a build, by annotation. Any value that is not the last one acts once, and is kept in the status: taking the
 * annotation away asks for nothing. A retry of a suspended build waits until it is resumed.
 *
 * @param now the values that hold: the annotation's, else the last one's
 * @param before the values that have been acted on
 */
public record Requests(HandledRequests now, HandledRequests before) {
    private static final int LONGEST = 128;

    public static Requests of(BackendBuild build) {
        var before = Optional.ofNullable(build.getStatus())
                .map(BackendBuildStatus::requests)
                .orElse(HandledRequests.NONE);
        var annotations = Objects.requireNonNullElse(build.getMetadata().getAnnotations(), Map.<String, String>of());
        var now = new HandledRequests(
                value(annotations.get(Labels.REBUILD), before.rebuild()),
                value(annotations.get(Labels.REBUILD_WITHOUT_CACHE), before.rebuildWithoutCache()),
                build.getSpec().suspended() ? before.retry() : value(annotations.get(Labels.RETRY), before.retry()),
                value(annotations.get(Labels.CANCEL), before.cancel()),
                before.cancelledMerge());
        return new Requests(now, before);
    }

    private static @Nullable String value(@Nullable String annotation, @Nullable String before) {
        if (annotation == null || annotation.isBlank()) {
            return before;
        }
        return annotation.length() <= LONGEST ? annotation : Hash.of(List.of(annotation));
    }

    /** The requests that the status records; null for none, so that they take no room. */
    public @Nullable HandledRequests handled(MergeProgress merge) {
        var handled = new HandledRequests(
                now.rebuild(), now.rebuildWithoutCache(), now.retry(), now.cancel(), cancelledMerge(merge));
        return handled.equals(HandledRequests.NONE) ? null : handled;
    }

    /** Forgotten when another comes in its place, and not while a leg's inputs are only unknown for a while. */
    private @Nullable String cancelledMerge(MergeProgress merge) {
        return switch (merge) {
            case MergeProgress.Cancelled(var name) -> name;
            case MergeProgress.NotYet _ -> asksToGoOn() ? null : before.cancelledMerge();
            case MergeProgress.Current _,
                    MergeProgress.Start _,
                    MergeProgress.Due _,
                    MergeProgress.Held _,
                    MergeProgress.Paused _,
                    MergeProgress.Again _,
                    MergeProgress.Refused _,
                    MergeProgress.Running _,
                    MergeProgress.Unstarted _,
                    MergeProgress.AfterOther _,
                    MergeProgress.Succeeded _,
                    MergeProgress.Failed _ -> null;
        };
    }

    /** Requests to rebuild, as inputs: a leg that was built for the last one is not built for it again. */
    List<Input> inputs() {
        return Stream.of(input("rebuild", now.rebuild()), input(LegPlan.WITHOUT_CACHE, now.rebuildWithoutCache()))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Input> input(String name, @Nullable String value) {
        return Optional.ofNullable(value).map(token -> new Input(InputKind.Request, name, token));
    }

    /** Whether failed legs are to be tried once more. */
    boolean retries() {
        return !Objects.equals(now.retry(), before.retry());
    }

    /** Whether the running legs are cancelled. */
    boolean cancels() {
        return !Objects.equals(now.cancel(), before.cancel());
    }

    /** Whether this merge, which has not begun, is given up, now or before. */
    boolean cancels(String merge) {
        return cancels() || (merge.equals(before.cancelledMerge()) && !asksToGoOn());
    }

    private boolean asksToGoOn() {
        return retries()
                || !Objects.equals(now.rebuild(), before.rebuild())
                || !Objects.equals(now.rebuildWithoutCache(), before.rebuildWithoutCache());
    }
}
