package dev.trestle.crds;

import dev.trestle.api.BackendBuildStatus;
import dev.trestle.api.BaseImageStatus;
import dev.trestle.api.BaseImageStatusBuilder;
import dev.trestle.api.BuiltLeg;
import dev.trestle.api.Condition;
import dev.trestle.api.ConditionStatus;
import dev.trestle.api.FailureReason;
import dev.trestle.api.HandledRequests;
import dev.trestle.api.Input;
import dev.trestle.api.InputKind;
import dev.trestle.api.LegFailure;
import dev.trestle.api.LegState;
import dev.trestle.api.LegStatus;
import dev.trestle.api.LostAttempt;
import dev.trestle.api.ManifestMergeStatus;
import dev.trestle.api.ManifestMergeStatusBuilder;
import dev.trestle.api.PlatformImage;
import dev.trestle.api.PublishedImage;
import dev.trestle.api.Reason;
import dev.trestle.api.RunRecord;
import dev.trestle.api.RunRecord.BuiltOrFailed;
import dev.trestle.api.RunRecord.RunResult;
import dev.trestle.api.RunStatus;
import dev.trestle.api.UpstreamImage;
import java.util.List;
import java.util.stream.Stream;

/** Statuses that use every field. */
final class Samples {
    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);
    private static final String FINGERPRINT = "fedcba9876543210".repeat(4);
    private static final String COMMIT = "0123456789".repeat(4);
    private static final String AT = "2026-11-21T12:30:00.123456789Z";
    private static final String PLATFORM = "linux/arm64";

    private Samples() {}

    static BackendBuildStatus buildStatus() {
        return new BackendBuildStatus(
                1L,
                conditions(),
                "0/1",
                List.of(leg()),
                new RunStatus(COMMIT, "v1.10.0", 3, "5f0c", List.of(), AT, AT, "app-1", 2),
                List.of(record()),
                image(),
                new HandledRequests("1", "2", "3", "4", "5"));
    }

    static BaseImageStatus baseStatus() {
        return BaseImageStatusBuilder.builder()
                .observedGeneration(1L)
                .conditions(conditions())
                .buildName("app-base")
                .image(image())
                .builtAt(AT)
                .nextAt(AT)
                .schedule("0 5 * * 6 Etc/UTC")
                .scheduledAt(AT)
                .consumers(2)
                .failuresInARow(1)
                .lastFailureAt(AT)
                .rebuildRequest("again")
                .upstream(List.of(new UpstreamImage("docker.io/library/ubuntu:24.04", DIGEST)))
                .build();
    }

    static ManifestMergeStatus mergeStatus() {
        return ManifestMergeStatusBuilder.builder()
                .observedGeneration(1L)
                .conditions(conditions())
                .job("app-1")
                .digest(DIGEST)
                .legsMerged("1/1")
                .platforms(List.of(platform()))
                .gone(List.of(PLATFORM))
                .supersededBy(7L)
                .limitedBy("quay.io")
                .retryAt(AT)
                .finishedAt(AT)
                .build();
    }

    private static List<Condition> conditions() {
        return List.of(condition("Ready", Reason.LegFailed), condition("LastBuildSucceeded", Reason.Published));
    }

    private static Condition condition(String type, Reason reason) {
        return new Condition(type, ConditionStatus.Unknown, 1, AT, reason, "Leg 'linux/arm64' failed in 'RUN make'.");
    }

    private static LegStatus leg() {
        var failure = new LegFailure(
                LegFailure.FailureClass.User,
                FailureReason.StepFailed,
                "RUN make",
                "Dockerfile:31",
                2,
                "It exited with 2.",
                List.of("", "make: *** [all] Error 2"),
                "node-1",
                "registry.example:5000");
        return new LegStatus(
                PLATFORM,
                LegState.Failed,
                List.of("Source: a -> b"),
                "app-linux-arm64-1",
                FINGERPRINT,
                1,
                List.of(new LostAttempt(1, FailureReason.RateLimited, AT, "node-1", "registry.example:5000")),
                "tried again",
                failure,
                built());
    }

    private static BuiltLeg built() {
        var inputs = Stream.of(InputKind.values())
                .map(kind -> new Input(kind, COMMIT))
                .toList();
        return new BuiltLeg(FINGERPRINT, inputs, DIGEST, AT, 3_000_000_000L, 12, 3, "registry.example.com/acme/app", 2);
    }

    private static RunRecord record() {
        var leg = new BuiltOrFailed(
                PLATFORM, List.of("Recipe 'a' -> 'b'"), DIGEST, 3_000_000_000L, LegFailure.FailureClass.User);
        return new RunRecord(COMMIT, "v1.10.0", 3, AT, AT, RunResult.Published, DIGEST, List.of(leg));
    }

    private static PublishedImage image() {
        return new PublishedImage(
                DIGEST,
                List.of("registry.example.com/acme/app"),
                List.of(platform()),
                AT,
                COMMIT,
                "app-1",
                7L,
                List.of(PLATFORM),
                FINGERPRINT,
                FINGERPRINT);
    }

    private static PlatformImage platform() {
        return new PlatformImage(PLATFORM, DIGEST, 20_000_000_000L);
    }
}
