package dev.trestle.core.admit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildStatusBuilder;
import dev.trestle.api.BaseImage;
import dev.trestle.api.BuiltLegBuilder;
import dev.trestle.api.Input;
import dev.trestle.api.InputKind;
import dev.trestle.api.LegState;
import dev.trestle.api.LegStatusBuilder;
import dev.trestle.core.Labels;
import dev.trestle.core.admit.WaveLeg.State;
import dev.trestle.core.config.Configuration;
import dev.trestle.runtime.ConfigurationFile;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WaveTest {
    private static final String OLD = "registry.example/bases@sha256:" + "1".repeat(64);
    private static final String NEW = "registry.example/bases@sha256:" + "2".repeat(64);

    private static final List<BaseImage> BASES = List.of(base("go", NEW), base("tools", NEW), base("python", NEW));

    @Test
    void itReachesTheConsumersOfBasesThatAreMadeOnTheBase() {
        var builds = List.of(
                build("cart", "go", "{platform: linux/amd64}"),
                ofBase("tools", build("tools-base", "go", "{platform: linux/amd64}")),
                build("shop", "tools", "{platform: linux/amd64}"),
                build("echo", "python", "{platform: linux/amd64}"),
                ofBase("go", build("go-base", null, "{platform: linux/amd64}")));

        assertThat(wave(builds).builds())
                .extracting(build -> build.name() + " on " + build.base())
                .containsExactly("cart on go", "tools-base on go", "shop on tools");
    }

    @Test
    void basesThatAreMadeOnEachOtherAreCountedOnce() {
        var builds = List.of(
                ofBase("tools", build("tools-base", "go", "{platform: linux/amd64}")),
                ofBase("go", build("go-base", "tools", "{platform: linux/amd64}")));

        assertThat(wave(builds).builds()).hasSize(2);
    }

    @Test
    void legsAreCountedWhereTheyAreBuilt() {
        var builds = List.of(
                build("cart", "go", "{platform: linux/amd64}, {platform: linux/arm64, buildPlatform: linux/amd64}"),
                build("shop", "go", "{platform: linux/amd64, pool: large}, {platform: darwin/arm64, external: true}"));

        assertThat(Wave.of("go", builds, BASES, Optional.of(configuration())).legsByPool())
                .isEqualTo(Map.of("small", 2L, "large", 1L));
        assertThat(wave(builds).legsByPool())
                .as("without the operator's pools")
                .isEqualTo(Map.of("linux/amd64", 2L, "large", 1L));
    }

    @Test
    void itTellsHowFarEachLegHasGot() {
        var builds = List.of(
                leg("done", LegState.Built, NEW),
                leg("again", LegState.Building, NEW),
                leg("building", LegState.Building, OLD),
                leg("queued", LegState.Queued, OLD),
                leg("held", LegState.Waiting, OLD),
                leg("unseen", LegState.Built, OLD),
                leg("failed", LegState.Failed, OLD),
                build("new", "go", "{platform: linux/amd64}"));

        assertThat(wave(builds).builds())
                .extracting(
                        build -> build.name() + " " + build.legs().getFirst().state())
                .containsExactlyInAnyOrder(
                        "done Done",
                        "again Done",
                        "building Running",
                        "queued Running",
                        "held Waiting",
                        "unseen Waiting",
                        "failed Failed",
                        "new Waiting");
        assertThat(wave(builds).count(State.Running)).isEqualTo(2);
    }

    @Test
    void itNamesTheBasesWhereItIsHeldBack() {
        var tools = base("tools", NEW);
        tools.getMetadata().setAnnotations(Map.of(Labels.WAVE, "paused"));
        var python = base("python", NEW);
        python.getMetadata().setAnnotations(Map.of(Labels.WAVE, "paused"));
        var builds = List.of(ofBase("tools", build("tools-base", "go", "{platform: linux/amd64}")));

        assertThat(Wave.of("go", builds, List.of(base("go", NEW), tools, python), Optional.empty())
                        .paused())
                .containsExactly("tools");
    }

    private static Wave wave(List<BackendBuild> builds) {
        return Wave.of("go", builds, BASES, Optional.empty());
    }

    private static BackendBuild leg(String name, LegState state, String builtOn) {
        var build = build(name, "go", "{platform: linux/amd64}");
        var built = BuiltLegBuilder.builder()
                .fingerprint("f1")
                .inputs(List.of(new Input(InputKind.Base, builtOn)))
                .digest("sha256:" + "3".repeat(64))
                .finishedAt("2026-11-21T11:00:00Z")
                .inputsVersion(Input.VERSION)
                .build();
        var leg = LegStatusBuilder.builder()
                .platform("linux/amd64")
                .state(state)
                .built(built)
                .build();
        build.setStatus(BackendBuildStatusBuilder.builder()
                .observedGeneration(1L)
                .legs(List.of(leg))
                .build());
        return build;
    }

    private static BackendBuild ofBase(String base, BackendBuild build) {
        build.getMetadata().setLabels(Map.of(Labels.BASE, base));
        return build;
    }

    private static BackendBuild build(String name, @Nullable String base, String legs) {
        var use = base == null ? "" : "base: {ref: {name: %s}, arg: BASE}".formatted(base);
        return Serialization.unmarshal("""
                apiVersion: trestle.dev/v1alpha1
                kind: BackendBuild
                metadata: {name: %s, namespace: shop}
                spec:
                  source: {git: {url: https://git.example/shop.git, ref: refs/heads/main}}
                  image: {repositories: [registry.example/shop], tags: [%s]}
                  legs: [%s]
                  %s
                """.formatted(name, name, legs, use), BackendBuild.class);
    }

    private static BaseImage base(String name, String image) {
        return Serialization.unmarshal(
                """
                apiVersion: trestle.dev/v1alpha1
                kind: BaseImage
                metadata: {name: %s, namespace: shop}
                spec:
                  source: {git: {url: https://git.example/shop.git, ref: refs/heads/main}}
                  image: {repositories: [registry.example/bases], tags: [%s]}
                  platforms: [linux/amd64]
                status:
                  image:
                    digest: sha256:0
                    repositories: [registry.example/bases]
                    platforms: [{platform: linux/amd64, digest: "%s"}]
                    publishedAt: "2026-11-21T10:00:00Z"
                """.formatted(name, name, image.substring(image.indexOf('@') + 1)), BaseImage.class);
    }

    private static Configuration configuration() {
        try {
            return ConfigurationFile.parse(
                    "{builderImage: b, mergeImage: m, pools: [{name: small, platforms: [linux/amd64]}, {name: large, platforms: [linux/amd64]}]}");
        } catch (ConfigurationFile.Invalid e) {
            throw new AssertionError(e);
        }
    }
}
