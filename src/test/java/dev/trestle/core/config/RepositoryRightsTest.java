package dev.trestle.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.core.config.RepositoryRights.Rule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepositoryRightsTest {
    private static final RepositoryRights RIGHTS = new RepositoryRights(List.of(
            new Rule(List.of("team-a"), List.of("quay.io/acme/a", "docker.io/acme")),
            new Rule(List.of("pr-*"), List.of("registry.example:5000")),
            new Rule(List.of("team-a", "nothing"), List.of())));

    @ParameterizedTest
    @CsvSource({
        "team-a, quay.io/acme/a, true",
        "team-a, quay.io/acme/a/app, true",
        "team-a, quay.io/acme/app, false",
        "team-a, quay.io/acme/ab, false",
        "team-a, quay.io:443/acme/a/app, true",
        "team-a, index.docker.io/acme/app, true",
        "team-a, registry.example:5000/app, false",
        "pr-7, registry.example:5000/any/app, true",
        "pr-, registry.example:5000/app, true",
        "pr, registry.example:5000/app, false",
        "pr-7, registry.example/app, false",
        "nothing, quay.io/acme/a, false",
        "not-named, quay.io/acme/a, false",
    })
    void aNamespaceMayPublishToWhatItsRulesAllow(String namespace, String repository, boolean permitted) {
        assertThat(RIGHTS.permits(namespace, repository)).isEqualTo(permitted);
    }

    @Test
    void withoutRulesAllMayPublishToAll() {
        assertThat(RepositoryRights.UNRESTRICTED.permits("any", "quay.io/acme/app"))
                .isTrue();
    }
}
