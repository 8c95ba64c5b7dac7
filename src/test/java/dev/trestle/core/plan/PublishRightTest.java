package dev.trestle.core.plan;

import static dev.trestle.core.plan.BuildBuilder.aBuild;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.ManifestMerge;
import dev.trestle.api.ManifestMergeSpec.MergeSource;
import dev.trestle.api.ManifestMergeSpec.MergeTarget;
import dev.trestle.api.ManifestMergeSpecBuilder;
import dev.trestle.api.Reason;
import dev.trestle.core.config.RepositoryRights;
import dev.trestle.core.config.RepositoryRights.Rule;
import dev.trestle.core.plan.LegProgress.Waiting;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The builder's builds publish to 'quay.io/acme/app'. */
class PublishRightTest {
    private static final RepositoryRights RIGHTS =
            new RepositoryRights(List.of(new Rule(List.of("team-m"), List.of("quay.io/acme"))));

    @Test
    void aDenialNamesTheNamespaceTheRepositoryAndTheNextStep() {
        assertThat(PublishRight.denial(aBuild("team-a", "app").build(), RIGHTS))
                .get()
                .asString()
                .contains("'team-a'", "'quay.io/acme/app'", "'repositories' in the operator's configuration");
        assertThat(PublishRight.denial(aBuild("team-m", "app").build(), RIGHTS)).isEmpty();
    }

    @Test
    void aCacheThatIsWrittenNeedsTheRightToo() {
        var writing = aBuild("team-m", "app").with(spec -> spec.writingCache("quay.io/others/cache"));
        var reading = aBuild("team-m", "app").with(spec -> spec.readingCache("quay.io/others/cache"));

        assertThat(PublishRight.denial(writing.build(), RIGHTS))
                .get()
                .asString()
                .contains("'quay.io/others/cache'");
        assertThat(PublishRight.denial(reading.build(), RIGHTS)).isEmpty();
    }

    /** An older build of another namespace keeps a tag only if it may write it. */
    @Test
    void squattingNeedsTheRight() {
        BackendBuild squatter = aBuild("team-a", "app").createdAt("01:00").build();
        var owner = aBuild("team-m", "app").build();

        assertThat(Conflict.of(owner, List.of(squatter, owner))).isPresent();
        assertThat(Conflict.of(
                        owner,
                        Stream.of(squatter, owner)
                                .filter(build -> PublishRight.isGiven(build, RIGHTS))
                                .toList()))
                .isEmpty();
    }

    @Test
    void aBuildWithoutTheRightStartsNoLeg() {
        var denied = aBuild("team-a", "app").build();
        var leg = denied.getSpec().legs().getFirst();

        assertThat(Obstacle.of(Snapshots.of(denied, RIGHTS), leg, Optional.empty()))
                .get()
                .extracting(Waiting::reason)
                .isEqualTo(Reason.RepositoryDenied);
        assertThat(Obstacle.of(Snapshots.of(aBuild("team-m", "app").build(), RIGHTS), leg, Optional.empty()))
                .get()
                .extracting(Waiting::reason)
                .isNotEqualTo(Reason.RepositoryDenied);
    }

    @Test
    void aMergeWithoutTheRightGetsNoJobAndIsLookedAtAgain() {
        var now = Instant.parse("2026-11-21T12:00:00Z");
        var step = decide("team-a", now);

        assertThat(step).isInstanceOf(MergePlan.Step.Denied.class);
        assertThat(MergePlan.wakeAt(step, now)).isPresent();
        assertThat(decide("team-m", now)).isInstanceOf(MergePlan.Step.Start.class);
    }

    private static MergePlan.Step decide(String namespace, Instant now) {
        var merge = new ManifestMerge();
        merge.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName("by-hand")
                .withUid("1")
                .withLabels(Map.of())
                .withCreationTimestamp("2026-11-21T11:00:00Z")
                .build());
        var image = "quay.io/acme/app@sha256:" + "0".repeat(64);
        merge.setSpec(ManifestMergeSpecBuilder.builder()
                .sources(List.of(new MergeSource("linux/amd64", image)))
                .targets(List.of(new MergeTarget("quay.io/acme/app", List.of("latest"))))
                .build());
        var configuration = Snapshots.configuration(RIGHTS);
        return MergePlan.decide(new MergeSnapshot(merge, Optional.empty(), List.of(), configuration, now));
    }
}
