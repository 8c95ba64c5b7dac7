package dev.trestle.core.plan;

import static dev.trestle.core.plan.BuildBuilder.aBuild;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.api.BackendBuild;
import dev.trestle.core.Labels;
import dev.trestle.core.config.Configuration;
import dev.trestle.core.plan.LegProgress.Cancelled;
import dev.trestle.core.plan.LegProgress.Failed;
import dev.trestle.core.plan.LegProgress.Held;
import dev.trestle.core.plan.LegProgress.Start;
import dev.trestle.core.render.LegPod;
import dev.trestle.core.status.BuildStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What somebody asks of a leg by annotation holds although its turn in the pool comes later. */
class HeldRetryTest {
    private static final Configuration CONFIGURATION =
            Snapshots.configuration("{name: amd64, platforms: [linux/amd64], maxRunning: 1}");

    private final BackendBuild build = aBuild("shop", "cart").build();
    private final List<Pod> pods = new ArrayList<>();

    @Test
    void aRetryIsNotForgottenWhileItWaits() {
        failsOnce();
        ask(Labels.RETRY);

        assertThat(pass()).isInstanceOf(Held.class);
        assertThat(pass()).as("when the request has been handled").isInstanceOf(Held.class);
        assertThat(pass("cart-amd64-" + fingerprint() + "-2"))
                .isInstanceOfSatisfying(
                        Start.class, start -> assertThat(start.plan().attempt()).isEqualTo(2));
    }

    @Test
    void aLegThatWaitsCanBeCancelled() {
        assertThat(pass()).isInstanceOf(Held.class);
        ask(Labels.CANCEL);

        assertThat(pass()).isInstanceOf(Cancelled.class);
        assertThat(pass()).as("when the request has been handled").isInstanceOf(Failed.class);
    }

    /** Somebody asks each night, and the status must stay one that the API server takes. */
    @Test
    void mayBeAskedForAsOftenAsAnybodyLikes() {
        for (var attempt = 1; attempt <= 100; attempt++) {
            failsOnce();
            ask(Labels.RETRY, "night " + attempt);
            pass();
        }

        var leg = Objects.requireNonNull(build.getStatus()).legs().getFirst();
        assertThat(pass("cart-amd64-" + fingerprint().substring(0, 5) + "-2t")).isInstanceOf(Start.class);
        assertThat(leg.lostAttempts()).isEqualTo(100);
        assertThat(leg.lost()).hasSizeLessThanOrEqualTo(40).last().matches(lost -> lost.attempt() == 100);
    }

    /** It is admitted, and its Dockerfile fails. */
    private void failsOnce() {
        var held = (Held) pass();
        pods.add(new PodBuilder(LegPod.of(build, held.plan(), CONFIGURATION))
                .editMetadata()
                .withCreationTimestamp("2026-11-21T11:50:00Z")
                .endMetadata()
                .withNewStatus()
                .addNewContainerStatus()
                .withName(LegPod.BUILD_CONTAINER)
                .withNewState()
                .withNewTerminated()
                .withExitCode(1)
                .withFinishedAt("2026-11-21T11:55:00Z")
                .endTerminated()
                .endState()
                .endContainerStatus()
                .endStatus()
                .build());
        assertThat(pass()).isInstanceOf(Failed.class);
    }

    private void ask(String annotation) {
        ask(annotation, "please");
    }

    private void ask(String annotation, String value) {
        build.getMetadata().setAnnotations(Map.of(annotation, value));
    }

    private String fingerprint() {
        return pods.getFirst().getMetadata().getName().split("-", -1)[2];
    }

    private LegProgress pass(String... admitted) {
        var snapshot = Snapshots.of(
                build, new SourceView.Known("1f3a", Optional.empty(), List.of()), pods, CONFIGURATION, Snapshots.NOW);
        var decision = BuildPlan.of(snapshot).decide(new Admitted(Set.of(admitted), Map.of()));
        build.setStatus(BuildStatus.of(snapshot, decision));
        return decision.legs().getFirst().progress();
    }
}
