package dev.trestle.runtime;

import static dev.trestle.core.SpecBuilder.aSpec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildStatusBuilder;
import dev.trestle.api.Condition;
import dev.trestle.api.ConditionStatus;
import dev.trestle.api.Reason;
import dev.trestle.core.status.FailingBuilds;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildMetersTest {
    private final List<BackendBuild> builds = new ArrayList<>();
    private final PrometheusMeterRegistry registry = LibraryMeters.registry();
    private final BuildMeters meters = new BuildMeters(registry, builds::stream);

    @ParameterizedTest
    @CsvSource({
        "LastBuildSucceeded, False, LegFailed, true",
        "LastBuildSucceeded, False, MergeFailed, true",
        "LastBuildSucceeded, False, Cancelled, false",
        "LastBuildSucceeded, True, Succeeded, false",
        "LastBuildSucceeded, Unknown, NeverBuilt, false",
        "Ready, False, ReferenceConflict, true",
        "Ready, Unknown, NoPool, true",
        "Ready, Unknown, WaitingForRegistry, true",
        "Ready, Unknown, Building, false",
        "Ready, Unknown, WaitingForBase, false",
        "Ready, False, Suspended, false",
        "UpToDate, Unknown, SourceUnavailable, true",
        "UpToDate, False, SourceChanged, false",
        "Building, False, Refused, true",
        "Building, False, WaitingForPool, false",
    })
    void aBuildThatNeedsAPersonIsListed(String type, ConditionStatus status, Reason reason, boolean listed) {
        builds.add(build("app", type, status, reason));

        assertThat(scraped().contains("trestle_build_failed{build=\"app\",namespace=\"team-a\"} 1.0"))
                .isEqualTo(listed);
    }

    @Test
    void aSuspendedBuildIsNotListed() {
        var build = build("app", "LastBuildSucceeded", ConditionStatus.False, Reason.LegFailed);
        build.setSpec(aSpec().suspended().build());
        builds.add(build);

        assertThat(scraped()).doesNotContain("trestle_build_failed{");
    }

    @Test
    void aBuildThatIsCuredOrDeletedIsNotListedAnyMore() {
        builds.add(build("app", "LastBuildSucceeded", ConditionStatus.False, Reason.LegFailed));
        assertThat(scraped()).contains("build=\"app\"");

        builds.set(0, build("app", "LastBuildSucceeded", ConditionStatus.True, Reason.Succeeded));
        assertThat(scraped()).doesNotContain("build=\"app\"");
    }

    /** At the limit and one past it. */
    @Test
    void noMoreThanSoManyAreListed() {
        IntStream.range(0, FailingBuilds.MOST)
                .forEach(i ->
                        builds.add(build("app-%04d".formatted(i), "Ready", ConditionStatus.False, Reason.NameTaken)));
        assertThat(listed()).isEqualTo(FailingBuilds.MOST);

        builds.add(build("app-last", "Ready", ConditionStatus.False, Reason.NameTaken));
        assertThat(listed()).isEqualTo(FailingBuilds.MOST);
        assertThat(scraped()).doesNotContain("app-last");
    }

    private long listed() {
        return scraped()
                .lines()
                .filter(line -> line.startsWith("trestle_build_failed{"))
                .count();
    }

    private String scraped() {
        meters.refresh();
        return registry.scrape();
    }

    private static BackendBuild build(String name, String type, ConditionStatus status, Reason reason) {
        var build = new BackendBuild();
        build.setMetadata(
                new ObjectMetaBuilder().withNamespace("team-a").withName(name).build());
        build.setSpec(aSpec().build());
        var condition = new Condition(type, status, 1, "2025-11-21T05:00:00Z", reason, "");
        build.setStatus(BackendBuildStatusBuilder.builder()
                .observedGeneration(1L)
                .conditions(List.of(condition))
                .build());
        return build;
    }
}
