package dev.trestle.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.Condition;
import dev.trestle.api.ConditionStatus;
import dev.trestle.api.Leg;
import dev.trestle.api.LegFailure.FailureClass;
import dev.trestle.api.LegStatus;
import dev.trestle.api.Reason;
import dev.trestle.core.Labels;
import dev.trestle.e2e.Conditions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What must come of a fault: what is published, and what the status says. */
sealed interface Expected {
    /** Fails unless it has come, or comes soon. */
    Outcome.Seen check(Scene scene);

    static void awaitReady(Scene scene) {
        await().atMost(Scene.LIMIT)
                .ignoreExceptions()
                .until(() -> Conditions.isReadyNow(scene.app().get())
                        && scene.app().get().getStatus().image() != null
                        && Conditions.firstLeg(scene.app().get()).isPresent()
                        && Conditions.is(scene.app().get(), "UpToDate", ConditionStatus.True));
    }

    /**
     * The build is Ready, and its tag holds the image of this value with every platform.
     *
     * @param pods that the legs took altogether
     * @param merges that were made altogether
     */
    record Published(String value, int pods, int merges) implements Expected {
        Published(String value) {
            this(value, 1, 1);
        }

        Published pods(int pods) {
            return new Published(value, pods, merges);
        }

        Published merges(int merges) {
            return new Published(value, pods, merges);
        }

        @Override
        public Outcome.Seen check(Scene scene) {
            awaitReady(scene);
            var build = scene.app().get();
            var digest = Objects.requireNonNull(build.getStatus().image()).digest();
            assertThat(scene.app().repositories())
                    .allSatisfy(repository -> assertThat(scene.images().digest(repository, CrossedBuilds.TAG))
                            .as("digest of the tag")
                            .contains(digest));
            var cluster = scene.cluster();
            assertThat(cluster.pods().labelled(Labels.BUILD, Subject.NAME))
                    .as("pods of legs")
                    .hasSize(pods);
            assertThat(cluster.merges().labelled(Labels.BUILD, Subject.NAME))
                    .as("merges")
                    .hasSize(merges);
            return new Outcome.Seen(imageOf(scene, value), statusOf(build));
        }
    }

    /** The build failed for this reason; the tag holds what it held. */
    record Kept(String value, Reason reason, Optional<FailureClass> failure) implements Expected {
        @Override
        public Outcome.Seen check(Scene scene) {
            awaitFailed(scene, reason, failure);
            return new Outcome.Seen(imageOf(scene, value), statusOf(scene.app().get()));
        }
    }

    /** The build is as the reason says, and there is no tag. */
    record Nothing(Reason reason, Optional<FailureClass> failure) implements Expected {
        @Override
        public Outcome.Seen check(Scene scene) {
            awaitFailed(scene, reason, failure);
            return new Outcome.Seen(noImageOf(scene), statusOf(scene.app().get()));
        }
    }

    /** The build is deleted; there is no tag. */
    record Gone() implements Expected {
        @Override
        public Outcome.Seen check(Scene scene) {
            await().atMost(Scene.LIMIT)
                    .until(() -> scene.app().legPods().isEmpty()
                            && scene.app().mergePods().isEmpty());
            return new Outcome.Seen(noImageOf(scene), "deleted");
        }
    }

    private static void awaitFailed(Scene scene, Reason reason, Optional<FailureClass> failure) {
        await().atMost(Scene.LIMIT)
                .untilAsserted(() -> assertThat(Conditions.find(scene.app().get(), "LastBuildSucceeded")
                                .map(Condition::reason)
                                .filter(reason::equals)
                                .or(() -> Conditions.find(scene.app().get(), "Ready")
                                        .or(() -> Conditions.find(scene.app().get(), "Suspended"))
                                        .map(Condition::reason)))
                        .contains(reason));
        failure.ifPresent(wanted -> assertThat(scene.app().get().getStatus().legs())
                .extracting(LegStatus::failure)
                .filteredOn(Objects::nonNull)
                .extracting(told -> told.failureClass())
                .contains(wanted));
    }

    private static String imageOf(Scene scene, String value) {
        var platforms = scene.legs().stream().map(Leg::platform).toList();
        scene.app().repositories().forEach(repository -> assertImage(scene, repository, platforms, value));
        return "'%s' for %s".formatted(value, String.join(", ", platforms));
    }

    private static void assertImage(Scene scene, String repository, List<String> platforms, String value) {
        var index = scene.images().find(repository, CrossedBuilds.TAG).orElseThrow();
        assertThat(index.platforms()).as("platforms").containsAll(platforms);
        for (var platform : platforms) {
            assertThat(scene.images().label(repository, CrossedBuilds.TAG, platform, "value"))
                    .as("what '%s' was made of", platform)
                    .isEqualTo(value);
        }
    }

    private static String noImageOf(Scene scene) {
        assertThat(scene.app().repositories())
                .allSatisfy(repository -> assertThat(scene.images().digest(repository, CrossedBuilds.TAG))
                        .as("tag")
                        .isEmpty());
        return "nothing";
    }

    private static String statusOf(BackendBuild build) {
        var conditions = build.getStatus().conditions().stream()
                .filter(condition ->
                        Set.of("Ready", "Suspended", "LastBuildSucceeded").contains(condition.type()))
                .map(condition -> "%s=%s %s".formatted(condition.type(), condition.status(), condition.reason()))
                .collect(Collectors.joining(", "));
        return build.getStatus().legs().stream()
                .map(LegStatus::failure)
                .filter(Objects::nonNull)
                .findFirst()
                .map(failure -> conditions + "; " + failure.failureClass())
                .orElse(conditions);
    }
}
