package dev.trestle.core.render;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildSpec;
import dev.trestle.api.Cache;
import dev.trestle.api.InputKind;
import dev.trestle.core.Names;
import dev.trestle.core.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The arguments of {@code buildctl build} for one leg.
 *
 * @see <a href="https://github.com/moby/buildkit/blob/v0.33.1/README.md">BuildKit: image exporter, registry cache</a>
 */
final class BuildctlArguments {
    private BuildctlArguments() {}

    static List<String> of(BackendBuild build, LegPlan plan) {
        var arguments = new ArrayList<>(List.of("--frontend", "dockerfile.v0"));
        options(build, plan).forEach(option -> arguments.addAll(List.of("--opt", option)));
        arguments.addAll(List.of("--output", output(build, plan.platform())));
        Optional.ofNullable(build.getSpec().cache()).ifPresent(cache -> arguments.addAll(cache(cache, build, plan)));
        return arguments;
    }

    private static List<String> options(BackendBuild build, LegPlan plan) {
        var spec = build.getSpec();
        var options = new ArrayList<String>();
        options.add("context=" + context(spec.source().git().url(), plan.revision()));
        if (!spec.effectiveContext().equals(".")) {
            options.add("contextsubdir=" + spec.effectiveContext());
        }
        options.add("filename=" + spec.effectiveDockerfile());
        Optional.ofNullable(spec.target()).ifPresent(target -> options.add("target=" + target));
        options.add("platform=" + plan.leg().platform());
        spec.buildArgs().forEach(arg -> options.add("build-arg:%s=%s".formatted(arg.name(), arg.value())));
        baseArgument(spec, plan).ifPresent(options::add);
        refreshArgument(plan).ifPresent(options::add);
        if (plan.refreshes()) {
            options.add("no-cache=");
        }
        options.add("attest:provenance=mode=min");
        return options;
    }

    /** The period that the leg is refreshed for, under the name of the ARG that takes it. */
    private static Optional<String> refreshArgument(LegPlan plan) {
        return plan.inputs().inputs().stream()
                .filter(input -> input.kind() == InputKind.Refresh && input.name() != null)
                .map(input -> "build-arg:%s=%s".formatted(input.name(), input.value()))
                .findFirst();
    }

    private static Optional<String> baseArgument(BackendBuildSpec spec, LegPlan plan) {
        var use = spec.base();
        if (use == null) {
            return Optional.empty();
        }
        return plan.base()
                .map(image -> "build-arg:%s=%s".formatted(use.arg(), image))
                .or(() -> Optional.ofNullable(use.fromSource())
                        .map(instead -> "build-arg:%s=%s".formatted(instead.arg(), instead.value())));
    }

    /** By commit on both counts: a branch that has moved on since must not change this run, nor fail it. */
    private static String context(String url, String revision) {
        return "%s?ref=%s&checksum=%s".formatted(url, revision, revision);
    }

    /** One exporter for all repositories: one digest everywhere, pushed by tag, so never untagged (invariant 3). */
    private static String output(BackendBuild build, Platform platform) {
        var anchor = Names.anchor(build, platform.toString());
        var names = build.getSpec().image().repositories().stream()
                .map(repository -> repository + ":" + anchor)
                .collect(Collectors.joining(","));
        return "type=image,\"name=%s\",push=true".formatted(names);
    }

    /** A leg that writes no cache reads the baseline's; an untrusted leg writes none that another might read (invariant 7). */
    private static List<String> cache(Cache cache, BackendBuild build, LegPlan plan) {
        var spec = build.getSpec();
        var writes = cache.writes() && spec.trusted();
        var name = writes || spec.baseline() == null
                ? build.getMetadata().getName()
                : spec.baseline().name();
        var tag = Names.cacheTag(build.getMetadata().getNamespace(), name, plan.platform());
        var reference = "type=registry,ref=%s:%s".formatted(cache.repository(), tag);
        var arguments = new ArrayList<>(List.of("--import-cache", reference));
        if (writes) {
            // without ignore-error a cache that cannot be written fails a build whose image is already pushed
            var mode = cache.effectiveMode().name().toLowerCase(Locale.ROOT);
            arguments.addAll(List.of("--export-cache", "%s,mode=%s,ignore-error=true".formatted(reference, mode)));
        }
        return arguments;
    }
}
