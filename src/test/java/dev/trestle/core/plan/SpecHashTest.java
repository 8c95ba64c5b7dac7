package dev.trestle.core.plan;

import static dev.trestle.core.SpecBuilder.aSpec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.trestle.api.LegBuilder;
import dev.trestle.core.SpecBuilder;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SpecHashTest {

    static Stream<Arguments> another() {
        return Stream.of(
                arguments("another branch", aSpec().following("https://git.example/acme/app.git", "refs/heads/next")),
                arguments("another repository", aSpec().following("https://git.example/fork.git", "refs/heads/main")),
                arguments("a pinned commit", aSpec().pinnedTo("1".repeat(40))),
                arguments("another Dockerfile", aSpec().dockerfile("other/Dockerfile")),
                arguments("another context", aSpec().context("app")),
                arguments("a stage to build", aSpec().target("runtime")),
                arguments("a build argument", aSpec().arg("A", "1")),
                arguments("a base", aSpec().onBase("python", "BASE")),
                arguments("one more platform", aSpec().legs("linux/amd64", "linux/arm64")),
                arguments("another platform", aSpec().legs("linux/arm64")),
                arguments("another tag", aSpec().tags("v1")),
                arguments("one more tag", aSpec().tags("latest", "v1")),
                arguments("another place", aSpec().repositories("ghcr.io/acme/app")));
    }

    static Stream<Arguments> theSame() {
        return Stream.of(
                arguments("the same again", aSpec()),
                arguments("suspended", aSpec().suspended()),
                arguments(
                        "with another pool",
                        aSpec().legs(LegBuilder.builder()
                                .platform("linux/amd64")
                                .pool("large")
                                .build())),
                arguments(
                        "with its own platform to build on",
                        aSpec().legs(LegBuilder.builder()
                                .platform("linux/amd64")
                                .buildPlatform("linux/amd64")
                                .build())),
                arguments("with another right to read it", aSpec().gitSecret("reader")),
                arguments("with a cache", aSpec().writingCache("quay.io/acme/cache")),
                arguments(
                        "with defaults written out",
                        aSpec().dockerfile("Dockerfile").context(".")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("another")
    void isAnotherImage(String change, SpecBuilder now) {
        assertThat(SpecHash.of(now.build())).isNotEqualTo(SpecHash.of(aSpec().build()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("theSame")
    void isNoOtherImage(String change, SpecBuilder now) {
        assertThat(SpecHash.of(now.build())).isEqualTo(SpecHash.of(aSpec().build()));
    }
}
