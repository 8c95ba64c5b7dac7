package dev.trestle.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildStatusBuilder;
import dev.trestle.api.BuiltLegBuilder;
import dev.trestle.api.Input;
import dev.trestle.api.InputKind;
import dev.trestle.api.Leg;
import dev.trestle.api.LegState;
import dev.trestle.api.LegStatusBuilder;
import dev.trestle.core.Labels;
import dev.trestle.core.SpecBuilder;
import dev.trestle.core.inputs.LegInputs;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TakeoverTest {
    private static final String DIGEST = "sha256:" + "3".repeat(64);
    private static final Leg LEG = Leg.on("linux/amd64");
    private static final List<Input> FILES = List.of(new Input(InputKind.Source, "app/**", "blob:1"));
    private static final String BASE = "quay.io/acme/bases@sha256:b1";

    static Stream<Arguments> takes() {
        return Stream.of(
                arguments("the same files, recipe and base", pullRequest(), mainline(), FILES, BASE),
                arguments(
                        "from a fork of the repository",
                        pullRequest().following("https://git.example/fork/app.git", "refs/heads/fix"),
                        mainline(),
                        FILES,
                        BASE),
                arguments(
                        "on the same base, kept elsewhere",
                        pullRequest(),
                        mainline(),
                        FILES,
                        "registry.local/proposed@sha256:b1"),
                arguments(
                        "for a release, from what is trusted too",
                        SpecBuilder.aSpec().takingFrom("app"),
                        mainline(),
                        FILES,
                        BASE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("takes")
    void isTaken(String promise, SpecBuilder ours, SpecBuilder theirs, List<Input> files, String base) {
        var inputs = LegInputs.of(ours.build(), LEG, files, Optional.of(base));

        var taken = Takeover.of(snapshot(ours, built(theirs, FILES, BASE), null), LEG, inputs);

        assertThat(taken).hasValueSatisfying(image -> {
            assertThat(image.digest()).isEqualTo(DIGEST);
            assertThat(image.fingerprint()).isEqualTo(inputs.fingerprint());
            assertThat(image.takenFrom()).isEqualTo("quay.io/acme/app");
        });
    }

    static Stream<Arguments> builds() {
        var otherFiles = List.of(new Input(InputKind.Source, "app/**", "blob:2"));
        return Stream.of(
                arguments("other files", pullRequest(), mainline(), otherFiles, BASE),
                arguments(
                        "a file more",
                        pullRequest(),
                        mainline(),
                        Stream.concat(
                                        FILES.stream(),
                                        otherFiles.stream().map(file -> new Input(file.kind(), "more", file.value())))
                                .toList(),
                        BASE),
                arguments("another base", pullRequest(), mainline(), FILES, "quay.io/acme/bases@sha256:b2"),
                arguments("another argument", pullRequest().arg("A", "1"), mainline(), FILES, BASE),
                arguments("another Dockerfile", pullRequest().dockerfile("other"), mainline(), FILES, BASE),
                arguments("a release that is forced", releases().forced(), mainline(), FILES, BASE),
                arguments(
                        "what is trusted is not made of what is not",
                        SpecBuilder.aSpec().takingFrom("app"),
                        pullRequest(),
                        FILES,
                        BASE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("builds")
    void isBuilt(String promise, SpecBuilder ours, SpecBuilder theirs, List<Input> files, String base) {
        var inputs = LegInputs.of(ours.build(), LEG, files, Optional.of(base));

        assertThat(Takeover.of(snapshot(ours, built(theirs, FILES, BASE), null), LEG, inputs))
                .isEmpty();
    }

    @Test
    void isBuiltWhenSomebodyAsksForIt() {
        var inputs = LegInputs.of(pullRequest().build(), LEG, FILES, Optional.of(BASE));

        assertThat(Takeover.of(snapshot(pullRequest(), built(mainline(), FILES, BASE), "now"), LEG, inputs))
                .isEmpty();
    }

    @Test
    void isBuiltWhenTheBaselineHasNothing() {
        var never = new BackendBuild();
        never.setSpec(mainline().build());
        var inputs = LegInputs.of(pullRequest().build(), LEG, FILES, Optional.of(BASE));

        assertThat(Takeover.of(snapshot(pullRequest(), never, null), LEG, inputs))
                .isEmpty();
        assertThat(Takeover.of(snapshot(pullRequest(), null, null), LEG, inputs))
                .isEmpty();
    }

    private static SpecBuilder mainline() {
        return SpecBuilder.aSpec();
    }

    private static SpecBuilder pullRequest() {
        return SpecBuilder.aSpec().ofPullRequest(7).takingFrom("app").repositories("registry.local/proposed");
    }

    private static SpecBuilder releases() {
        return SpecBuilder.aSpec()
                .following("https://git.example/acme/app.git", "refs/tags/v*")
                .takingFrom("app");
    }

    private static BackendBuild built(SpecBuilder spec, List<Input> files, String base) {
        var build = new BackendBuild();
        build.setMetadata(
                new ObjectMetaBuilder().withNamespace("shop").withName("app").build());
        build.setSpec(spec.build());
        var inputs = LegInputs.of(build.getSpec(), LEG, files, Optional.of(base))
                .with(List.of(new Input(InputKind.Refresh, "DEPS_REFRESH", "2026-W47")));
        var image = BuiltLegBuilder.builder()
                .fingerprint(inputs.fingerprint())
                .inputs(inputs.inputs())
                .digest(DIGEST)
                .finishedAt("2026-11-21T11:00:00Z")
                .seconds(10L)
                .inputsVersion(Input.VERSION)
                .build();
        var leg = LegStatusBuilder.builder()
                .platform(LEG.platform())
                .state(LegState.Built)
                .built(image)
                .build();
        build.setStatus(BackendBuildStatusBuilder.builder()
                .observedGeneration(1L)
                .legs(List.of(leg))
                .build());
        return build;
    }

    private static Snapshot snapshot(SpecBuilder spec, @Nullable BackendBuild baseline, @Nullable String rebuild) {
        var build = new BackendBuild();
        build.setMetadata(new ObjectMetaBuilder()
                .withNamespace("shop")
                .withName("app-pr7")
                .withAnnotations(rebuild == null ? Map.of() : Map.of(Labels.REBUILD, rebuild))
                .build());
        build.setSpec(spec.build());
        return Snapshots.of(build).withBaseline(Optional.ofNullable(baseline));
    }
}
