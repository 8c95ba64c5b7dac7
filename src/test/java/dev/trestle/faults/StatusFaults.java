package dev.trestle.faults;

import static dev.trestle.faults.Fault.row;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trestle.api.BackendBuildStatus;
import dev.trestle.api.BackendBuildStatusBuilder;
import dev.trestle.api.Condition;
import dev.trestle.faults.Expected.Published;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A status that somebody has written by hand, or put back from a backup. */
final class StatusFaults {
    private static final String FOREIGN = "Foreign";

    private StatusFaults() {}

    static List<Fault> rows() {
        return List.of(
                row(
                        "status-emptied-in-build",
                        Step.Building,
                        "status emptied",
                        scene -> write(scene, _ -> BackendBuildStatus.unseen()),
                        new Published("a")),
                row(
                        "status-emptied-in-merge",
                        Step.Merging,
                        "status emptied",
                        scene -> write(scene, _ -> BackendBuildStatus.unseen()),
                        new Published("a")),
                row(
                        "status-emptied",
                        Step.Published,
                        "status emptied",
                        scene -> write(scene, _ -> BackendBuildStatus.unseen()),
                        new Published("a")),
                row(
                        "status-without-legs",
                        Step.Published,
                        "legs taken out of the status",
                        scene -> write(scene, StatusFaults::withoutLegs),
                        new Published("a")),
                row(
                        "status-without-image",
                        Step.Published,
                        "image taken out of the status",
                        scene -> write(scene, StatusFaults::withoutImage),
                        new Published("a")),
                row(
                        "status-with-a-foreign-condition",
                        Step.Published,
                        "a condition that the operator does not know, added to the status",
                        scene -> {
                            write(scene, StatusFaults::withForeignCondition);
                            awaitNoForeignCondition(scene);
                        },
                        new Published("a")),
                row(
                        "status-that-cannot-be-read",
                        Step.Published,
                        "a list in the status where its schema asks for a time, which the API server takes",
                        scene -> {
                            scene.app().replaceInStatus("/status/image/publishedAt", List.of("x"));
                            scene.app().awaitInStatus("/status/image/publishedAt", JsonNode::isTextual);
                        },
                        new Published("a")),
                row(
                        "status-of-an-earlier-image",
                        Step.Published,
                        "status put back to what it was before the last build",
                        scene -> {
                            var before =
                                    Objects.requireNonNull(scene.app().get().getStatus());
                            scene.app().apply("b");
                            Expected.awaitReady(scene);
                            write(scene, _ -> before);
                        },
                        new Published("b").pods(2).merges(2)));
    }

    private static BackendBuildStatus withoutLegs(BackendBuildStatus status) {
        return BackendBuildStatusBuilder.builder(status)
                .legsBuilt(null)
                .legs(List.of())
                .build();
    }

    private static BackendBuildStatus withoutImage(BackendBuildStatus status) {
        return BackendBuildStatusBuilder.builder(status).image(null).build();
    }

    private static BackendBuildStatus withForeignCondition(BackendBuildStatus status) {
        var known = status.conditions().getFirst();
        var foreign = new Condition(
                FOREIGN,
                known.status(),
                known.observedGeneration(),
                known.lastTransitionTime(),
                known.reason(),
                "Written by hand.");
        return new BackendBuildStatus(
                status.observedGeneration(),
                Stream.concat(status.conditions().stream(), Stream.of(foreign)).toList(),
                status.legsBuilt(),
                status.legs(),
                status.run(),
                status.history(),
                status.image(),
                status.requests());
    }

    private static void awaitNoForeignCondition(Scene scene) {
        await().atMost(Scene.LIMIT)
                .until(() -> Objects.requireNonNull(scene.app().get().getStatus()).conditions().stream()
                        .noneMatch(condition -> condition.type().equals(FOREIGN)));
    }

    private static void write(Scene scene, UnaryOperator<BackendBuildStatus> change) {
        scene.app().editStatus(build -> {
            build.setStatus(change.apply(build.getStatus()));
            return build;
        });
    }
}
