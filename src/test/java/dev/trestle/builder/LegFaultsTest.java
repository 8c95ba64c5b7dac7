package dev.trestle.builder;

import static dev.trestle.builder.LegFixture.NO_CACHE;
import static dev.trestle.builder.LegFixture.THIS_PLATFORM;
import static dev.trestle.builder.LegFixture.expected;
import static dev.trestle.builder.LegFixture.failure;
import static dev.trestle.builder.LegFixture.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a leg's pod hands over when it is not the build that decides: signals, a missing daemon, a wrong node. */
class LegFaultsTest {
    private static final String OTHER_PLATFORM = THIS_PLATFORM.equals("linux/amd64") ? "linux/arm64" : "linux/amd64";

    @TempDir
    private Path folder;

    private LegFixture fixture;

    @BeforeEach
    void daemonListens() throws IOException {
        fixture = LegFixture.in(folder);
    }

    @AfterEach
    void daemonEnds() throws IOException {
        fixture.close();
    }

    @Test
    void aTermEndsTheBuildAsCancelled() throws Exception {
        var building = folder.resolve("building");
        var process = fixture.replaying("cancelled")
                .with("AWAIT_TERM", building.toString())
                .start("trestle-leg", NO_CACHE);
        await().until(() -> Files.exists(building));

        process.destroy();

        var outcome = fixture.leg().await(process);
        assertThat(result(outcome)).isEqualTo(expected("cancelled"));
        assertThat(outcome.exitCode()).isEqualTo(143);
    }

    @Test
    void aTermThatComesTooLateDoesNotTakeTheImageBack() throws Exception {
        var building = folder.resolve("building");
        var process = fixture.replaying("cold")
                .with("AWAIT_TERM", building.toString())
                .start("trestle-leg", NO_CACHE);
        await().until(() -> Files.exists(building));

        process.destroy();

        var outcome = fixture.leg().await(process);
        assertThat(result(outcome)).isEqualTo(expected("cold"));
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    void aTermBeforeTheDaemonIsThereIsCancelledToo() throws Exception {
        var process = fixture.replaying("cold")
                .with("TRESTLE_SOCKET", "/nowhere/socket")
                .start("trestle-leg", NO_CACHE);
        await().until(() -> Files.exists(fixture.leg().resultFile())); // made first, so the signal is handled by now

        process.destroy();

        var outcome = fixture.leg().await(process);
        assertThat(failure(outcome).path("class").asText()).isEqualTo("Cancelled");
        assertThat(outcome.exitCode()).isEqualTo(143);
    }

    @Test
    void aBuildThatTakesTooLongIsEndedAndTellsItsStep() throws Exception {
        var outcome = fixture.replaying("cancelled")
                .with("AWAIT_TERM", folder.resolve("building").toString())
                .with("TRESTLE_BUILD_SECONDS", "1")
                .run("trestle-leg", NO_CACHE);

        assertThat(failure(outcome).path("class").asText()).isEqualTo("DeadlineExceeded");
        assertThat(failure(outcome).path("reason").asText()).isEqualTo("BuildTimeout");
        assertThat(failure(outcome).path("step"))
                .isEqualTo(expected("cancelled").at("/failure/step"));
        assertThat(failure(outcome).path("lastLines"))
                .isEqualTo(expected("cancelled").at("/failure/lastLines"));
        assertThat(outcome.exitCode()).isEqualTo(124);
    }

    @Test
    void aBuildInTimeLeavesNothingBehindThatWaits() throws Exception {
        var process =
                fixture.replaying("cold").with("TRESTLE_BUILD_SECONDS", "4711").start("trestle-leg", NO_CACHE);

        assertThat(fixture.leg().await(process).exitCode()).isZero();
        await().untilAsserted(() -> assertThat(ProcessHandle.allProcesses()
                        .map(other -> other.info().commandLine().orElse("")))
                .noneMatch(command -> command.endsWith("sleep 4711")));
    }

    /** What the file system says decides: the error is the same. */
    @Test
    void aDiskWithoutInodesIsToldFromAFullOne() throws Exception {
        var programs = Files.createDirectory(folder.resolve("bin"));
        Files.writeString(programs.resolve("df"), "#!/bin/sh\nprintf ' Inodes IFree\\n  65536     0\\n'\n");
        assertThat(programs.resolve("df").toFile().setExecutable(true)).isTrue();

        var outcome = fixture.replaying("disk-full")
                .with("PATH", programs + ":" + BuilderScript.RECORDINGS.resolve("replay") + ":" + System.getenv("PATH"))
                .run("trestle-leg", NO_CACHE);

        assertThat(failure(outcome).path("class").asText()).isEqualTo("DiskFull");
        assertThat(failure(outcome).path("reason").asText()).isEqualTo("InodesExhausted");
    }

    @Test
    void aDaemonThatNeverListensIsInfrastructure() throws Exception {
        var outcome = fixture.replaying("cold")
                .with("TRESTLE_SOCKET", "/nowhere/socket")
                .with("TRESTLE_DAEMON_SECONDS", "1")
                .run("trestle-leg", NO_CACHE);

        assertThat(failure(outcome).path("class").asText()).isEqualTo("Infrastructure");
        assertThat(failure(outcome).path("reason").asText()).isEqualTo("BuilderCrashed");
        assertThat(failure(outcome).path("message").asText()).contains("'/nowhere/socket' within 1 s");
        assertThat(outcome.exitCode()).isEqualTo(2);
    }

    @Test
    void neverBuildsOnAnotherPlatformThanDeclared() throws Exception {
        var outcome = fixture.replaying("cold")
                .with("TRESTLE_BUILD_PLATFORM", OTHER_PLATFORM)
                .run("trestle-leg", NO_CACHE);

        assertThat(failure(outcome).path("class").asText()).isEqualTo("WrongPlatform");
        assertThat(failure(outcome).path("reason").asText()).isEqualTo("WrongNode");
        assertThat(failure(outcome).path("message").asText()).contains("must run on '" + OTHER_PLATFORM + "'");
        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.output()).doesNotContain("RUN echo one");
    }

    @Test
    void buildsNothingWhoseResultCouldNotBeHandedOver() throws Exception {
        var outcome = fixture.replaying("cold")
                .with("TRESTLE_RESULT", "/nowhere/result")
                .run("trestle-leg", NO_CACHE);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.output())
                .contains("cannot write the result to '/nowhere/result'")
                .doesNotContain("RUN echo one");
    }
}
