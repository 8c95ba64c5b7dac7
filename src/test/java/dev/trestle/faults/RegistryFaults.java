package dev.trestle.faults;

import static dev.trestle.faults.Fault.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trestle.api.Reason;
import dev.trestle.e2e.LocalCluster;
import dev.trestle.faults.Expected.Published;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** What befalls the registry, between any two steps. */
final class RegistryFaults {
    private static final Duration LATE = Duration.ofMillis(400);
    private static final Answer UNAVAILABLE = new Answer.Refused(503);
    private static final Answer TOO_MANY = new Answer.Refused(
            429, "Retry-After: 1\r\n", "{\"errors\":[{\"code\":\"TOOMANYREQUESTS\",\"message\":\"slow down\"}]}");

    private RegistryFaults() {}

    static List<Fault> rows() {
        return List.of(
                row(
                        "registry-down-at-push",
                        Step.Building,
                        "registry refuses connections until the leg has failed",
                        scene -> untilALegHasFailed(scene, new Answer.Cut()),
                        new Published("a").pods(2)),
                row(
                        "registry-503-at-push",
                        Step.Building,
                        "registry answers 503 until the leg has failed",
                        scene -> untilALegHasFailed(scene, UNAVAILABLE),
                        new Published("a").pods(2)),
                row(
                        "commit-between-attempts",
                        Step.Building,
                        "registry answers 503 until a commit that changes the Dockerfile has superseded the failing run",
                        RegistryFaults::untilACommitHasSuperseded,
                        new Published("a").pods(2)),
                row(
                        "registry-429-at-push",
                        Step.Building,
                        "registry answers 429 until the leg has failed",
                        scene -> untilALegHasFailed(scene, TOO_MANY),
                        new Published("a").pods(2)),
                row(
                        "registry-429-holds-others",
                        Step.Building,
                        "registry answers 429 until the leg has failed and another build waits for the registry",
                        RegistryFaults::untilAnotherWaits,
                        new Published("a").pods(2)),
                row(
                        "registry-full",
                        Step.Building,
                        "registry's disk is full until the leg has failed",
                        RegistryFaults::fillDisk,
                        new Published("a").pods(2)),
                row(
                        "registry-cuts-uploads",
                        Step.Building,
                        "the first three uploads end in the middle",
                        scene -> scene.registry().answerFirst(3, Request::isWrite, new Answer.Lost()),
                        new Published("a")),
                row(
                        "registry-slow",
                        Step.Before,
                        "registry answers everything 0.4 s late",
                        scene -> {
                            scene.registry().answer(_ -> new Answer.Late(LATE));
                            scene.app().apply("a");
                        },
                        new Published("a")),
                row(
                        "registry-down-before-merge",
                        Step.Merging,
                        "registry refuses connections until a merge's pod has failed",
                        scene -> untilAMergeHasFailed(scene, new Answer.Cut()),
                        new Published("a")),
                row(
                        "registry-503-at-merge",
                        Step.Merging,
                        "registry answers 503 until a merge's pod has failed",
                        scene -> untilAMergeHasFailed(scene, UNAVAILABLE),
                        new Published("a")),
                row(
                        "registry-429-at-merge",
                        Step.Merging,
                        "registry answers the next three requests with 429",
                        scene -> scene.registry().answerFirst(3, _ -> true, TOO_MANY),
                        new Published("a")),
                row(
                        "registry-429-fails-merge",
                        Step.Merging,
                        "registry answers 429 until the merge has given up",
                        scene -> untilAMergeHasFailed(scene, TOO_MANY),
                        new Published("a").merges(2)),
                row(
                        "registry-down-at-tag",
                        Step.Merging,
                        "registry has the index, and the first three PUTs of the tag are cut",
                        scene -> scene.registry().answerFirst(3, RegistryFaults::movesTag, new Answer.Cut()),
                        new Published("a")),
                row(
                                "registry-503-at-second-repository",
                                Step.Merging,
                                "the second repository takes no index until a merge's pod has failed: no tag moves",
                                scene -> failMirror(scene, Request::isWrite, List.of()),
                                new Published("a"))
                        .withMirror(),
                row(
                                "registry-503-between-two-tags",
                                Step.Merging,
                                "the second repository takes the index, and no tag until a merge's pod has failed",
                                scene -> failMirror(scene, RegistryFaults::movesTag, List.of(Subject.NAME)),
                                new Published("a"))
                        .withMirror(),
                row(
                        "tag-moved-unheard",
                        Step.Merging,
                        "the tag moves, and the answer is lost",
                        scene -> scene.registry().answerFirst(1, RegistryFaults::movesTag, new Answer.Lost()),
                        new Published("a")));
    }

    private static boolean movesTag(Request request) {
        return request.is("PUT", "/manifests/" + CrossedBuilds.TAG);
    }

    private static void untilALegHasFailed(Scene scene, Answer answer) {
        scene.registry().answer(Request::isOfBuildKit, answer);
        scene.goOn();
        scene.app().awaitFailedLeg();
        scene.registry().passAll();
    }

    private static void untilACommitHasSuperseded(Scene scene) throws IOException, InterruptedException {
        var failing = scene.app().revision();
        scene.registry().answer(Request::isOfBuildKit, UNAVAILABLE);
        scene.goOn();
        scene.app().awaitFailedLeg();
        scene.cluster().commit("Dockerfile.crossed", "LABEL changed=true\n");
        await().atMost(Scene.LIMIT).until(() -> !scene.app().revision().equals(failing));
        scene.registry().passAll();
    }

    private static void untilAnotherWaits(Scene scene) {
        scene.registry().answer(Request::isOfBuildKit, TOO_MANY);
        scene.goOn();
        scene.app().awaitFailedLeg();
        scene.app().applyOther();
        scene.app().awaitOther(Reason.WaitingForRegistry);
        scene.registry().passAll();
    }

    private static void untilAMergeHasFailed(Scene scene, Answer answer) {
        scene.registry().answer(_ -> answer);
        scene.goOn();
        awaitFailedMerge(scene);
        scene.registry().passAll();
    }

    private static void awaitFailedMerge(Scene scene) {
        await().atMost(Scene.LIMIT)
                .until(() -> scene.app().mergePods().stream().anyMatch(pod -> Subject.ended(pod, false)));
    }

    /** @param tagged images of which the tag has moved nevertheless */
    private static void failMirror(Scene scene, Predicate<Request> which, List<String> tagged) {
        scene.registry().answer(which.and(request -> request.isOf(Subject.MIRROR)), UNAVAILABLE);
        scene.goOn();
        awaitFailedMerge(scene);
        assertThat(scene.app().images())
                .filteredOn(image -> scene.images()
                        .digest(scene.cluster().repository(image), CrossedBuilds.TAG)
                        .isPresent())
                .as("images whose tag has moved")
                .isEqualTo(tagged);
        scene.registry().passAll();
    }

    /** A file system without room, mounted where the registry takes uploads of this namespace. */
    private static void fillDisk(Scene scene) throws IOException, InterruptedException {
        var uploads = LocalCluster.HOME.resolve(
                "registry/docker/registry/v2/repositories/" + scene.cluster().namespace());
        Files.createDirectories(uploads);
        Machine.run("mount", "-t", "tmpfs", "-o", "size=4k,nr_inodes=2", "tmpfs", uploads.toString());
        try {
            scene.goOn();
            scene.app().awaitFailedLeg();
        } finally {
            Machine.run("umount", "-l", uploads.toString());
        }
    }
}
