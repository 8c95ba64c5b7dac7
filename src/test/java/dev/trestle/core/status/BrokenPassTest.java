package dev.trestle.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildStatusBuilder;
import dev.trestle.api.Condition;
import dev.trestle.api.ConditionStatus;
import dev.trestle.api.Reason;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An object that the operator fails on says so, and does not pretend to be up to date. */
class BrokenPassTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final String MESSAGE = BrokenPass.message(new StackOverflowError());

    @Test
    void anImageOfThisGenerationStaysReady() {
        var status = BrokenPass.of(build(2, 2), MESSAGE, NOW);
        assertThat(status.conditions().stream().map(BrokenPassTest::said))
                .containsExactlyInAnyOrder(
                        "Ready=True Published",
                        "UpToDate=Unknown InternalError",
                        "Building=False Idle",
                        "Stalled=True InternalError");
    }

    @Test
    void ofAGenerationThatNoPassHasTakenInNothingIsKnown() {
        var status = BrokenPass.of(build(2, 1), MESSAGE, NOW);
        assertThat(status.observedGeneration()).isEqualTo(2);
        assertThat(status.conditions().stream().map(BrokenPassTest::said))
                .contains("Ready=Unknown InternalError", "Stalled=True InternalError");
    }

    @Test
    void aPassThatBreaksAgainWritesNothingNew() {
        var build = build(2, 1);
        var once = BrokenPass.of(build, MESSAGE, NOW);
        build.setStatus(once);
        assertThat(BrokenPass.of(build, MESSAGE, NOW.plusSeconds(300))).isEqualTo(once);
    }

    private static String said(Condition condition) {
        return "%s=%s %s".formatted(condition.type(), condition.status(), condition.reason());
    }

    private static BackendBuild build(long generation, long observed) {
        var build = new BackendBuild();
        build.setMetadata(new ObjectMetaBuilder().withGeneration(generation).build());
        var last = Stream.of(
                        condition("Ready", ConditionStatus.True, Reason.Published, observed),
                        condition("UpToDate", ConditionStatus.True, Reason.UpToDate, observed),
                        condition("Building", ConditionStatus.False, Reason.Idle, observed),
                        condition("Reconciling", ConditionStatus.True, Reason.Building, observed))
                .toList();
        build.setStatus(BackendBuildStatusBuilder.builder()
                .observedGeneration(observed)
                .conditions(last)
                .build());
        return build;
    }

    private static Condition condition(String type, ConditionStatus status, Reason reason, long generation) {
        return new Condition(type, status, generation, "2026-02-01T00:00:00Z", reason, "");
    }
}
