package dev.trestle.core.plan;

import static dev.trestle.core.plan.BuildBuilder.aBuild;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.trestle.core.SpecBuilder;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReferencesTest {

    static Stream<Arguments> cases() {
        return Stream.of(
                row(
                        "a tag, and the leg's anchor beside it",
                        spec -> spec,
                        "quay.io/acme/app:latest",
                        "quay.io/acme/app:app-linux-amd64"),
                row(
                        "every tag, then every leg's anchor",
                        spec -> spec.tags("v1", "latest").legs("linux/amd64", "linux/arm/v7"),
                        "quay.io/acme/app:v1",
                        "quay.io/acme/app:latest",
                        "quay.io/acme/app:app-linux-amd64",
                        "quay.io/acme/app:app-linux-arm-v7"),
                row(
                        "the same in every repository",
                        spec -> spec.repositories("quay.io/acme/app", "ghcr.io/acme/app"),
                        "quay.io/acme/app:latest",
                        "quay.io/acme/app:app-linux-amd64",
                        "ghcr.io/acme/app:latest",
                        "ghcr.io/acme/app:app-linux-amd64"),
                row(
                        "a cache for every leg, in one place",
                        spec -> spec.repositories("quay.io/acme/app")
                                .legs("linux/amd64", "linux/arm64")
                                .writingCache("quay.io/acme/cache"),
                        "quay.io/acme/app:latest",
                        "quay.io/acme/app:app-linux-amd64",
                        "quay.io/acme/app:app-linux-arm64",
                        "quay.io/acme/cache:team-a_app-linux-amd64",
                        "quay.io/acme/cache:team-a_app-linux-arm64"),
                row(
                        "no cache that is only read",
                        spec -> spec.readingCache("quay.io/acme/cache"),
                        "quay.io/acme/app:latest",
                        "quay.io/acme/app:app-linux-amd64"),
                row(
                        "one name for Docker Hub, whichever is used",
                        spec -> spec.repositories("index.docker.io/acme/app"),
                        "docker.io/acme/app:latest",
                        "docker.io/acme/app:app-linux-amd64"),
                row(
                        "and no port that is TLS's own",
                        spec -> spec.repositories("quay.io:443/acme/app"),
                        "quay.io/acme/app:latest",
                        "quay.io/acme/app:app-linux-amd64"),
                row(
                        "a tag as long as a tag may be",
                        spec -> spec.tags("-" + "v".repeat(128) + "-cpu"),
                        "quay.io/acme/app:" + "v".repeat(128),
                        "quay.io/acme/app:app-linux-amd64"),
                row(
                        "nothing else while suspended: its tags stay its own",
                        SpecBuilder::suspended,
                        "quay.io/acme/app:latest",
                        "quay.io/acme/app:app-linux-amd64"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void aBuildWrites(String promise, UnaryOperator<SpecBuilder> spec, List<String> references) {
        var build = aBuild("team-a", "app").with(spec).build();

        assertThat(References.writtenBy(build)).containsExactlyElementsOf(references);
    }

    private static Arguments row(String promise, UnaryOperator<SpecBuilder> spec, String... references) {
        return arguments(promise, spec, List.of(references));
    }
}
