package dev.trestle.runtime;

import static dev.trestle.core.SpecBuilder.aSpec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildStatusBuilder;
import dev.trestle.api.BaseImage;
import dev.trestle.api.BaseImageStatusBuilder;
import dev.trestle.api.BuiltLegBuilder;
import dev.trestle.api.Condition;
import dev.trestle.api.ConditionStatus;
import dev.trestle.api.Input;
import dev.trestle.api.InputKind;
import dev.trestle.api.LegState;
import dev.trestle.api.LegStatusBuilder;
import dev.trestle.api.PlatformImage;
import dev.trestle.api.PublishedImage;
import dev.trestle.api.PublishedImageBuilder;
import dev.trestle.api.Reason;
import dev.trestle.core.render.ClaimedBase;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class BaseMetersTest {
    private static final String OLD = "sha256:" + "0".repeat(64);
    private static final String NEW = "sha256:" + "1".repeat(64);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final List<BaseImage> bases = new ArrayList<>();
    private final List<BackendBuild> builds = new ArrayList<>();
    private final BaseMeters meters = new BaseMeters(registry, bases::stream, builds::stream);

    @Test
    void aBaseTellsItsAgeAndWhatGoesWrong() {
        bases.add(base(NEW, ConditionStatus.False));

        assertThat(scraped())
                .contains("trestle_base_built_timestamp_seconds{base=\"go\",namespace=\"team-a\"} 1.7637012E9")
                .doesNotContain("trestle_base_created_timestamp_seconds{")
                .contains("trestle_base_max_age_seconds{base=\"go\",namespace=\"team-a\"} 3600.0")
                .contains("trestle_base_last_success_timestamp_seconds{base=\"go\",namespace=\"team-a\"} 1.7637048E9")
                .contains("trestle_base_failures_in_a_row{base=\"go\",namespace=\"team-a\"} 2.0")
                .contains("trestle_base_consumers{base=\"go\",namespace=\"team-a\"} 7.0")
                .contains("trestle_base_inputs_stale{base=\"go\",namespace=\"team-a\"} 1.0");
    }

    @Test
    void aDeletedBaseIsGone() {
        bases.add(base(NEW, ConditionStatus.True));
        assertThat(scraped()).contains("base=\"go\"");

        bases.clear();
        assertThat(scraped()).doesNotContain("base=\"go\"");
    }

    @Test
    void aBaseThatWasNeverBuiltIsAsOldAsItsObject() {
        var base = base(NEW, ConditionStatus.True);
        base.setStatus(null);
        base.getMetadata().setCreationTimestamp("2025-11-21T05:00:00Z");
        bases.add(base);

        assertThat(scraped())
                .doesNotContain("trestle_base_built_timestamp_seconds{")
                .contains("trestle_base_created_timestamp_seconds{base=\"go\",namespace=\"team-a\"} 1.7637012E9")
                .contains("trestle_base_inputs_stale{base=\"go\",namespace=\"team-a\"} 0.0");
    }

    @Test
    void anImageOnTheLastBaseIsOlderThanTheNewOne() {
        bases.add(base(NEW, ConditionStatus.True));
        builds.add(builtOn(OLD));

        assertThat(scraped())
                .contains("trestle_build_older_than_base{base=\"go\",build=\"app\",namespace=\"team-a\"} 1.0");
    }

    @Test
    void anImageOnThePresentBaseIsNot() {
        bases.add(base(NEW, ConditionStatus.True));
        builds.add(builtOn(NEW));

        assertThat(scraped())
                .contains("trestle_build_older_than_base{base=\"go\",build=\"app\",namespace=\"team-a\"} 0.0");
    }

    private String scraped() {
        meters.refresh();
        return registry.scrape();
    }

    private static BaseImage base(String digest, ConditionStatus upToDate) {
        var consumer = new BackendBuild();
        consumer.setMetadata(new ObjectMetaBuilder()
                .withNamespace("team-a")
                .withName("app")
                .withUid("1")
                .build());
        consumer.setSpec(aSpec().claiming("go").build());
        var claim = Objects.requireNonNull(
                Objects.requireNonNull(consumer.getSpec().base()).claim());
        var base = ClaimedBase.of(consumer, claim, List.of("linux/amd64"), List.of(consumer));
        var condition = new Condition("UpToDate", upToDate, 1, "2025-11-21T05:00:00Z", Reason.UpToDate, "");
        base.setStatus(BaseImageStatusBuilder.builder()
                .observedGeneration(1L)
                .conditions(List.of(condition))
                .buildName("go-base")
                .image(published(digest))
                .builtAt("2025-11-21T05:00:00Z")
                .consumers(7)
                .failuresInARow(2)
                .lastFailureAt("2025-11-21T06:00:00Z")
                .build());
        return base;
    }

    private static PublishedImage published(String digest) {
        return PublishedImageBuilder.builder()
                .digest(digest)
                .repositories(List.of("quay.io/acme/bases"))
                .platforms(List.of(new PlatformImage("linux/amd64", digest, 7L)))
                .publishedAt("2025-11-21T06:00:00Z")
                .build();
    }

    private static BackendBuild builtOn(String digest) {
        var build = new BackendBuild();
        build.setMetadata(
                new ObjectMetaBuilder().withNamespace("team-a").withName("app").build());
        build.setSpec(aSpec().onBase("go", "BASE").build());
        var built = BuiltLegBuilder.builder()
                .fingerprint("f1")
                .inputs(List.of(new Input(InputKind.Base, "quay.io/acme/bases@" + digest)))
                .digest(NEW)
                .finishedAt("2025-11-21T06:00:00Z")
                .inputsVersion(Input.VERSION)
                .build();
        var leg = LegStatusBuilder.builder()
                .platform("linux/amd64")
                .state(LegState.Built)
                .fingerprint("f1")
                .built(built)
                .build();
        build.setStatus(BackendBuildStatusBuilder.builder()
                .observedGeneration(1L)
                .legs(List.of(leg))
                .image(published(NEW))
                .build());
        return build;
    }
}
