package dev.trestle.cli;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.Leg;
import dev.trestle.api.Schema;
import dev.trestle.core.Labels;
import dev.trestle.core.Names;
import dev.trestle.core.Platform;
import dev.trestle.core.plan.Report;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code trestle report}: an external leg has been built. */
@Command(
        name = "report",
        description =
                "Reports the image of a leg that is built elsewhere. Push it first, as the tag '<build>-<platform with dashes>' of each of the build's repositories.",
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
    @Mixin
    private NamedBuild named = new NamedBuild();

    @Parameters(index = "1", paramLabel = "PLATFORM", description = "The leg's platform, such as 'darwin/arm64'.")
    private String platform = "";

    @Parameters(index = "2", paramLabel = "DIGEST", description = "What was pushed: 'sha256:' and 64 digits.")
    private String digest = "";

    @Option(
            names = "--release",
            paramLabel = "TAG",
            description = "The tag that it was built from, such as 'v1.10', for a build that follows releases.")
    @Nullable
    private String release;

    @Override
    public Integer call() {
        if (!digest.matches(Schema.DIGEST)) {
            return named.failed("'%s' is no digest; it must be 'sha256:' and 64 hexadecimal digits.".formatted(digest));
        }
        var exitCode = new int[1];
        var found = named.find((resource, build) -> {
            var fault = fault(build);
            if (fault.isPresent()) {
                exitCode[0] = named.failed(fault.get());
                return;
            }
            var report = new Report(Optional.ofNullable(release), digest).text();
            Annotations.set(resource, Labels.EXTERNAL + Platform.parse(platform).dashed(), report);
            named.out()
                    .println("Leg '%s' of '%s' is '%s', which its tag '%s' must hold."
                            .formatted(platform, named.name, report, Names.anchor(build, platform)));
        });
        return Math.max(found, exitCode[0]);
    }

    private Optional<String> fault(BackendBuild build) {
        if (!isExternal(build)) {
            return Optional.of(noSuchLeg(build));
        }
        if (build.getSpec().source().git().followsReleases() == (release != null)) {
            return Optional.empty();
        }
        return Optional.of(
                release == null
                        ? "Build '%s' follows releases; say which one was built, such as '--release v1.10'."
                                .formatted(named.name)
                        : "Build '%s' follows no releases; leave out '--release'.".formatted(named.name));
    }

    private boolean isExternal(BackendBuild build) {
        return build.getSpec().legs().stream()
                .anyMatch(leg -> leg.isExternal() && leg.platform().equals(platform));
    }

    private String noSuchLeg(BackendBuild build) {
        var legs = build.getSpec().legs().stream()
                .filter(Leg::isExternal)
                .map(leg -> "'" + leg.platform() + "'")
                .collect(Collectors.joining(", "));
        return "Build '%s' has no external leg '%s'; %s."
                .formatted(named.name, platform, legs.isEmpty() ? "it has none" : "it has " + legs);
    }
}
