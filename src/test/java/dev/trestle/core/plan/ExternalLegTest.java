package dev.trestle.core.plan;

import static dev.trestle.core.plan.BuildBuilder.aBuild;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.api.BackendBuildStatus;
import dev.trestle.api.BackendBuildStatusBuilder;
import dev.trestle.api.BuiltLegBuilder;
import dev.trestle.api.Input;
import dev.trestle.api.InputKind;
import dev.trestle.api.Leg;
import dev.trestle.api.LegBuilder;
import dev.trestle.api.LegState;
import dev.trestle.api.LegStatusBuilder;
import dev.trestle.core.Labels;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A leg of a build that follows releases, of which v1.10 is the last. Digests are shown by their first digit. */
class ExternalLegTest {
    private static final Leg LEG =
            LegBuilder.builder().platform("darwin/arm64").external(true).build();

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "nobody has reported anything, ``, ``, waits: 'darwin/arm64' is built elsewhere for release 'v1.10'",
                "this release has been reported, v1.10@1, ``, image 1",
                "it is reported anew, v1.10@2, v1.10@1, image 2",
                "the annotation is gone since, ``, v1.10@1, image 1",
                "the last report is of the release before, v1.9@1, v1.9@1, waits: 'darwin/arm64' is built elsewhere for release 'v1.10'",
                "this release has the image of the one before, v1.10@1, v1.9@1, image 1",
                "a late report of the release before, v1.9@2, v1.10@1, image 1",
                "a report that names no release, 1, ``, is no digest of a release; report 'v1.10@sha256:",
                "a report without a digest, v1.10@latest, ``, is no digest of a release; report 'v1.10@sha256:",
            })
    void isThatOfTheReleaseOnly(String promise, String reported, String recorded, String expected) {
        var build = aBuild("acme", "app")
                .with(spec -> spec.following("https://git.example/acme/app.git", "refs/tags/v*"))
                .build();
        if (!reported.isEmpty()) {
            build.getMetadata().setAnnotations(Map.of(Labels.EXTERNAL + "darwin-arm64", report(reported)));
        }
        if (!recorded.isEmpty()) {
            build.setStatus(statusOf(Report.of(report(recorded)).orElseThrow()));
        }

        var release = new SourceView.Known("a1", Optional.of("v1.10"), List.of());
        var progress = ExternalLeg.progress(Snapshots.of(build), LEG, Optional.of(release));

        assertThat(shown(progress)).contains(expected);
    }

    /** A single digit stands for a whole digest. */
    private static String report(String text) {
        return text.matches("(.*@)?[0-9]")
                ? text.substring(0, text.length() - 1) + "sha256:"
                        + text.substring(text.length() - 1).repeat(64)
                : text;
    }

    private static String shown(LegProgress progress) {
        return switch (progress) {
            case LegProgress.Done done -> "image " + done.built().digest().charAt("sha256:".length());
            case LegProgress.Waiting waiting -> "waits: " + waiting.message();
            default -> throw new AssertionError(progress);
        };
    }

    private static BackendBuildStatus statusOf(Report report) {
        var release = new Input(InputKind.Request, "release", report.release().orElseThrow());
        var built = BuiltLegBuilder.builder()
                .fingerprint("f1")
                .inputs(List.of(release))
                .digest(report.digest())
                .finishedAt("2026-11-21T11:00:00Z")
                .inputsVersion(Input.VERSION)
                .build();
        var leg = LegStatusBuilder.builder()
                .platform(LEG.platform())
                .state(LegState.Built)
                .fingerprint("f1")
                .built(built)
                .build();
        return BackendBuildStatusBuilder.builder()
                .observedGeneration(1L)
                .legs(List.of(leg))
                .build();
    }
}
