package dev.trestle.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildSpec;
import dev.trestle.api.Leg;
import dev.trestle.api.ManifestMerge;
import dev.trestle.core.Names;
import dev.trestle.core.Platform;
import dev.trestle.core.config.Configuration;
import dev.trestle.core.inputs.Cause;
import dev.trestle.core.inputs.LegInputs;
import dev.trestle.core.render.LegPlan;
import dev.trestle.core.render.LegPod;
import dev.trestle.core.render.MergeJob;
import dev.trestle.runtime.ConfigurationFile;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A build's first leg as a pod, and what must be true of it whatever the build's fields hold. */
final class Rendering {
    private static final String REVISION = "a1".repeat(20);
    private static final String BASE = "registry.example/base@sha256:" + "0".repeat(64);

    private static final Configuration CONFIGURATION = configuration();

    private Rendering() {}

    static Pod legOf(BackendBuild build) {
        var leg = build.getSpec().legs().getFirst();
        var base = Optional.ofNullable(build.getSpec().base()).map(_ -> BASE);
        var inputs = LegInputs.of(build.getSpec(), leg, List.of(), base);
        var pool = CONFIGURATION.pools().getFirst();
        var plan = new LegPlan(leg, pool, REVISION, base, inputs, 1, List.of(), Cause.Request, List.of(), List.of());
        return LegPod.of(build, plan, CONFIGURATION);
    }

    /** Each value of the spec arrives where it belongs, whole, and nothing arrives that the spec does not say. */
    static void isInert(BackendBuild build) {
        var spec = build.getSpec();
        var call = BuildctlCall.of(legOf(build));
        var platform = Platform.parse(spec.legs().getFirst().platform());
        var anchor = Names.anchor(build.getMetadata().getName(), platform, spec.variant());
        assertThat(call.options()).isEqualTo(optionsOf(spec, spec.legs().getFirst()));
        assertThat(call.output()).containsEntry("type", "image").containsEntry("push", "true");
        assertThat(call.output().keySet()).containsExactlyInAnyOrder("type", "name", "push");
        assertThat(String.valueOf(call.output().get("name")).split(",", -1))
                .containsExactlyElementsOf(spec.image().repositories().stream()
                        .map(repository -> repository + ":" + anchor)
                        .toList());
        assertThat(call.caches())
                .allSatisfy(reference -> assertThat(spec.cache())
                        .satisfies(cache -> assertThat(reference)
                                .startsWith(String.valueOf(cache == null ? null : cache.repository()) + ":")));
    }

    /** The same for a merge: {@code trestle merge} takes everything behind the first '=' as it stands, and splits tags at commas. */
    static void isInert(ManifestMerge merge) {
        var spec = merge.getSpec();
        var container = MergeJob.of(merge, CONFIGURATION)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst();
        var arguments = BuildctlCall.expanded(container);
        var said = new TreeMap<String, List<String>>();
        assertThat(arguments.getFirst()).isEqualTo("merge");
        for (int at = 1; at < arguments.size(); at += 2) {
            said.computeIfAbsent(arguments.get(at), _ -> new ArrayList<>()).add(arguments.get(at + 1));
        }
        assertThat(said.keySet()).isSubsetOf("--source", "--target", "--annotation");
        assertThat(said.get("--source"))
                .isEqualTo(spec.sources().stream()
                        .map(source -> source.platform() + "=" + source.image())
                        .toList());
        assertThat(said.get("--target"))
                .isEqualTo(spec.targets().stream()
                        .map(target -> target.repository() + "=" + String.join(",", target.tags()))
                        .toList());
    }

    private static Map<String, String> optionsOf(BackendBuildSpec spec, Leg leg) {
        var options = new TreeMap<String, String>();
        options.put(
                "context", "%s?ref=%s&checksum=%s".formatted(spec.source().git().url(), REVISION, REVISION));
        options.put("filename", spec.effectiveDockerfile());
        options.put("platform", leg.platform());
        options.put("attest:provenance", "mode=min");
        if (!spec.effectiveContext().equals(".")) {
            options.put("contextsubdir", spec.effectiveContext());
        }
        Optional.ofNullable(spec.target()).ifPresent(target -> options.put("target", target));
        spec.buildArgs().forEach(arg -> options.put("build-arg:" + arg.name(), arg.value()));
        Optional.ofNullable(spec.base()).ifPresent(base -> options.put("build-arg:" + base.arg(), BASE));
        return options;
    }

    private static Configuration configuration() {
        try {
            return ConfigurationFile.parse("""
                    builderImage: registry.example/trestle/builder:1
                    mergeImage: registry.example/trestle/operator:1
                    pools: [{name: amd64, platforms: [linux/amd64]}]
                    """);
        } catch (ConfigurationFile.Invalid e) {
            throw new AssertionError(e);
        }
    }
}
