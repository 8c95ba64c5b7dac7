package dev.trestle.core.status;

import static dev.trestle.api.ConditionStatus.False;
import static dev.trestle.api.ConditionStatus.True;
import static dev.trestle.api.ConditionStatus.Unknown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.trestle.api.BackendBuildStatus;
import dev.trestle.api.BackendBuildStatusBuilder;
import dev.trestle.api.BaseImageStatus;
import dev.trestle.api.BaseImageStatusBuilder;
import dev.trestle.api.Condition;
import dev.trestle.api.ConditionStatus;
import dev.trestle.api.ManifestMergeStatus;
import dev.trestle.api.ManifestMergeStatusBuilder;
import dev.trestle.api.Reason;
import dev.trestle.api.RunStatusBuilder;
import dev.trestle.core.status.Announcements.Announcement;
import dev.trestle.core.status.Announcements.Kind;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AnnouncementsTest {
    private static final Condition LEG_FAILED =
            condition("LastBuildSucceeded", False, Reason.LegFailed, "amd64 failed");
    private static final Condition OTHER_LEG_FAILED =
            condition("LastBuildSucceeded", False, Reason.LegFailed, "arm64 failed");
    private static final Condition MERGE_FAILED =
            condition("LastBuildSucceeded", False, Reason.MergeFailed, "amd64 failed");
    private static final Condition NOT_READY = condition("Ready", False, Reason.LegFailed, "amd64 failed");
    private static final Condition STUCK = condition("Ready", False, Reason.NoPool, "no pool");

    private static final Condition LARGE_FILE =
            condition("SourceWarning", True, Reason.LfsPointers, "'model.bin' is kept in Git LFS");

    static Stream<Arguments> news() {
        return Stream.of(
                row("a first failure", List.of(), List.of(LEG_FAILED), LEG_FAILED),
                row("a failure after success", List.of(with(LEG_FAILED, True)), List.of(LEG_FAILED), LEG_FAILED),
                row(
                        "a failure after a while of not knowing",
                        List.of(with(LEG_FAILED, Unknown)),
                        List.of(LEG_FAILED),
                        LEG_FAILED),
                row("a failure in other words", List.of(LEG_FAILED), List.of(OTHER_LEG_FAILED), OTHER_LEG_FAILED),
                row("a failure for another reason", List.of(LEG_FAILED), List.of(MERGE_FAILED), MERGE_FAILED),
                row("a second failure beside the first", List.of(LEG_FAILED), List.of(LEG_FAILED, STUCK), STUCK),
                row("two failures at once", List.of(), List.of(STUCK, LEG_FAILED), STUCK, LEG_FAILED),
                row("a warning of the source", List.of(), List.of(LARGE_FILE), LARGE_FILE),
                row(
                        "what two conditions say in the same words, once",
                        List.of(),
                        List.of(NOT_READY, LEG_FAILED),
                        LEG_FAILED));
    }

    static Stream<Arguments> noNews() {
        return Stream.of(
                row("nothing", List.of(), List.of()),
                row("a warning that was there", List.of(LARGE_FILE), List.of(LARGE_FILE)),
                row("a warning that is gone", List.of(LARGE_FILE), List.of()),
                row("a failure that was there", List.of(LEG_FAILED), List.of(LEG_FAILED)),
                row("a failure of another generation or time", List.of(LEG_FAILED), List.of(later(LEG_FAILED))),
                row("success", List.of(), List.of(with(LEG_FAILED, True))),
                row("success after a failure", List.of(LEG_FAILED), List.of(with(LEG_FAILED, True))),
                row("not knowing", List.of(), List.of(with(LEG_FAILED, Unknown))),
                row("a failure that is gone", List.of(LEG_FAILED), List.of()),
                row(
                        "that nothing is being built",
                        List.of(),
                        List.of(condition("Building", False, Reason.Idle, "nothing runs"))),
                row(
                        "that it is out of date",
                        List.of(),
                        List.of(condition("UpToDate", False, Reason.SourceChanged, "a newer commit"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"news", "noNews"})
    void anEventTells(String promise, List<Condition> before, List<Condition> after, List<Announcement> expected) {
        assertThat(Announcements.of(build(before), build(after))).isEqualTo(expected);
    }

    @Test
    void commitsThatAreSkippedAreNewsOnce() {
        var before = run("1f3a", null, null);
        var after = run("9c0d", null, 12);

        assertThat(Announcements.of(before, after))
                .containsExactly(
                        new Announcement(
                                Kind.Warning,
                                Reason.PushesSkipped,
                                "12 of the commits before '9c0d' are not built: 'runPolicy: Every' builds the newest 50 that were pushed since the last run."));
        assertThat(Announcements.of(after, after)).isEmpty();
        assertThat(Announcements.of(after, before)).isEmpty();
        assertThat(Announcements.of(before, run("9c0d", "v1.9", 1)))
                .singleElement()
                .satisfies(told -> assertThat(told.note()).startsWith("1 of the releases before 'v1.9'"));
    }

    @Test
    void aStaleBaseIsNews() {
        var stale = condition("Fresh", False, Reason.Stale, "older than 8 d");

        assertThat(Announcements.of(
                        BaseImageStatus.unseen(),
                        BaseImageStatusBuilder.builder()
                                .observedGeneration(1L)
                                .conditions(List.of(stale))
                                .build()))
                .containsExactly(warning(stale));
    }

    @Test
    void aFailedMergeIsNews() {
        var failed = condition("Succeeded", False, Reason.MergeFailed, "refused");

        assertThat(Announcements.of(
                        ManifestMergeStatus.unseen(),
                        ManifestMergeStatusBuilder.builder()
                                .observedGeneration(1L)
                                .conditions(List.of(failed))
                                .build()))
                .containsExactly(warning(failed));
    }

    private static Arguments row(String promise, List<Condition> before, List<Condition> after, Condition... told) {
        return arguments(
                promise,
                before,
                after,
                Stream.of(told).map(AnnouncementsTest::warning).toList());
    }

    private static Announcement warning(Condition condition) {
        return new Announcement(Kind.Warning, condition.reason(), condition.message());
    }

    private static Condition condition(String type, ConditionStatus status, Reason reason, String message) {
        return new Condition(type, status, 1, "2026-11-21T12:00:00Z", reason, message);
    }

    private static Condition with(Condition condition, ConditionStatus status) {
        return condition(condition.type(), status, condition.reason(), condition.message());
    }

    private static Condition later(Condition condition) {
        return new Condition(
                condition.type(),
                condition.status(),
                2,
                "2026-11-21T13:00:00Z",
                condition.reason(),
                condition.message());
    }

    private static BackendBuildStatus run(String revision, @Nullable String gitTag, @Nullable Integer skipped) {
        var run = RunStatusBuilder.builder()
                .revision(revision)
                .gitTag(gitTag)
                .skipped(skipped)
                .startedAt("2026-11-21T12:00:00Z")
                .build();
        return BackendBuildStatusBuilder.builder()
                .observedGeneration(1L)
                .run(run)
                .build();
    }

    private static BackendBuildStatus build(List<Condition> conditions) {
        return BackendBuildStatusBuilder.builder()
                .observedGeneration(1L)
                .conditions(conditions)
                .build();
    }
}
