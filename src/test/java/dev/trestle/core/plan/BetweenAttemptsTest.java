package dev.trestle.core.plan;

import static dev.trestle.core.plan.BuildBuilder.aBuild;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.Input;
import dev.trestle.api.InputKind;
import dev.trestle.api.RunPolicy;
import dev.trestle.api.RunRecord;
import dev.trestle.api.RunRecord.RunResult;
import dev.trestle.core.config.Configuration;
import dev.trestle.core.render.LegPod;
import dev.trestle.core.status.BuildStatus;
import dev.trestle.core.status.HeldBack;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A newer commit while the legs of a run wait for their next attempts. */
class BetweenAttemptsTest {
    private static final Configuration CONFIGURATION =
            Snapshots.configuration("{name: any, platforms: [linux/amd64, linux/arm64]}");

    private final List<Pod> pods = new ArrayList<>();
    private BackendBuild build = aBuild("shop", "cart").build();
    private Instant now = Snapshots.NOW;
    private String head = "1111";
    private Input file = file("1");

    @Test
    void theNewestCommitSupersedesTheRun() {
        pushedBetweenAttempts("2");

        assertThat(pass().actions()).as("before the status says so").isEmpty();
        assertThat(runsCommit()).isEqualTo("2222");
        assertThat(pass().actions())
                .as("when the status says so")
                .hasAtLeastOneElementOfType(Action.StartLeg.class)
                .hasAtLeastOneElementOfType(Action.CancelLeg.class);
        assertThat(Objects.requireNonNull(build.getStatus()).history())
                .first()
                .returns("1111", RunRecord::revision)
                .returns(RunResult.Superseded, RunRecord::result);
    }

    @Test
    void theChoiceIsMadeAgainWhenItsStatusIsLost() {
        pushedBetweenAttempts("2");
        var before = build.getStatus();

        pass();
        build.setStatus(before);

        assertThat(pass().actions()).isEmpty();
        assertThat(runsCommit()).isEqualTo("2222");
    }

    @Test
    void anEmptyStatusTakesTheNewestCommit() {
        pushedBetweenAttempts("2");
        build.setStatus(null);

        assertThat(pass().actions()).hasAtLeastOneElementOfType(Action.StartLeg.class);
        assertThat(runsCommit()).isEqualTo("2222");
    }

    @Test
    void theStatusIsNotHeldBack() {
        pushedBetweenAttempts("2");

        var snapshot = snapshot();
        var decision = BuildPlan.of(snapshot).decide(Admitted.UNLIMITED);

        assertThat(HeldBack.until(snapshot, decision, BuildStatus.of(snapshot, decision)))
                .isEmpty();
    }

    @Test
    void aLegAtWorkKeepsTheRunsCommit() {
        build = aBuild("shop", "cart")
                .with(spec -> spec.legs("linux/amd64", "linux/arm64"))
                .build();
        pushedBetweenAttempts("2");

        assertTheRunGoesOn();
    }

    @Test
    void aCommitThatChangesNothingOfTheLegSupersedesNothing() {
        pushedBetweenAttempts("1");

        assertTheRunGoesOn();
    }

    @Test
    void eachCommitIsBuiltWhereEachIsAskedFor() {
        build = aBuild("shop", "cart")
                .with(spec -> spec.runPolicy(RunPolicy.Every))
                .build();
        pushedBetweenAttempts("2");

        assertTheRunGoesOn();
    }

    private void assertTheRunGoesOn() {
        pass();

        assertThat(runsCommit()).isEqualTo("1111");
    }

    /** The first leg is evicted, and a commit with this Dockerfile is pushed. */
    private void pushedBetweenAttempts(String content) {
        starts();
        evict(pods.getFirst());
        now = now.plusSeconds(5);
        head = "2222";
        file = file(content);
    }

    private void starts() {
        for (var action : pass().actions()) {
            if (action instanceof Action.StartLeg(var pod)) {
                pods.add(new PodBuilder(pod)
                        .editMetadata()
                        .withCreationTimestamp("2026-11-21T11:59:00Z")
                        .endMetadata()
                        .build());
            }
        }
        assertThat(runsCommit()).isEqualTo("1111");
    }

    private static void evict(Pod pod) {
        pod.setStatus(new PodBuilder()
                .withNewStatus()
                .withPhase("Failed")
                .withReason("Evicted")
                .addNewContainerStatus()
                .withName(LegPod.BUILD_CONTAINER)
                .withNewState()
                .withNewTerminated()
                .withExitCode(137)
                .withFinishedAt("2026-11-21T11:59:59Z")
                .endTerminated()
                .endState()
                .endContainerStatus()
                .endStatus()
                .build()
                .getStatus());
    }

    private static Input file(String content) {
        return new Input(InputKind.Source, "Dockerfile", "blob:" + content);
    }

    private Decision pass() {
        var snapshot = snapshot();
        var decision = BuildPlan.of(snapshot).decide(Admitted.UNLIMITED);
        build.setStatus(BuildStatus.of(snapshot, decision));
        return decision;
    }

    private String runsCommit() {
        return Objects.requireNonNull(Objects.requireNonNull(build.getStatus()).run())
                .revision();
    }

    private Snapshot snapshot() {
        var source = new SourceView.Known(head, Optional.empty(), List.of(file));
        return Snapshots.of(build, source, pods, CONFIGURATION, now);
    }
}
