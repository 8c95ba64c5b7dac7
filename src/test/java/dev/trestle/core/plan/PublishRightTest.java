package dev.trestle.core.plan;

import static dev.trestle.core.plan.BuildBuilder.aBuild;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.api.BackendBuild;
import dev.trestle.core.config.RepositoryRights;
import dev.trestle.core.config.RepositoryRights.Rule;
import java.util.List;
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
}
