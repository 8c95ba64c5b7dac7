package dev.trestle.builder;

import static dev.trestle.builder.LegFixture.NO_CACHE;
import static dev.trestle.builder.LegFixture.expected;
import static dev.trestle.builder.LegFixture.failure;
import static dev.trestle.builder.LegFixture.result;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a leg's pod hands over, for each way in which a real BuildKit ended: the folders of src/test/resources/builder hold what it left
 * ('record' made them) and the result that is due.
 */
class LegScriptTest {
    private static final String[] CACHE = {
        "--import-cache", "type=registry,ref=r/c:x", "--export-cache", "type=registry,ref=r/c:x"
    };

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

    @ParameterizedTest(name = "{0}: exit code {1}")
    @CsvSource({
        "cold, 0, none",
        "cache-missing, 0, both",
        "all-cached, 0, both",
        "cache-import-failed, 0, import",
        "cache-export-failed, 0, export",
        "step-failed, 1, both",
        "no-dockerfile, 1, none",
        "no-base, 1, none",
        "no-file, 1, none",
        "no-such-program, 1, none",
        "syntax-error, 1, none",
        "long-line, 1, none",
        "odd-output, 1, none",
        "source-moved, 2, none",
        "push-refused, 2, none",
        "out-of-memory, 2, none",
        "disk-full, 2, none",
        "wrong-program, 3, none",
    })
    void handsOverWhatBuildKitLeft(String recording, int exitCode, String cache) throws Exception {
        var options = switch (cache) {
            case "both" -> CACHE;
            case "import" -> new String[] {CACHE[0], CACHE[1]};
            case "export" -> new String[] {CACHE[2], CACHE[3]};
            default -> NO_CACHE;
        };

        var outcome = fixture.replaying(recording).run("trestle-leg", options);

        assertThat(result(outcome)).isEqualTo(expected(recording));
        assertThat(outcome.exitCode()).isEqualTo(exitCode);
        assertThat(outcome.result().getBytes(UTF_8)).hasSizeLessThan(exitCode == 0 ? 1024 : 4000);
    }

    @Test
    void showsThePlainOutputAndPassesTheOptionsUnchanged() throws Exception {
        var seen = folder.resolve("options");

        var outcome = fixture.replaying("cold")
                .with("OPTIONS_SEEN", seen.toString())
                .run(
                        "trestle-leg",
                        "--output",
                        "type=image,\"name=a/x:1,b/x:1\",push=true",
                        "--opt",
                        "build-arg:K=a  b*");

        assertThat(Files.readAllLines(seen))
                .containsSequence("--progress=plain", "--trace")
                .endsWith("--output", "type=image,\"name=a/x:1,b/x:1\",push=true", "--opt", "build-arg:K=a  b*");
        assertThat(outcome.output()).contains("[2/3] RUN echo one >/one\n", "trestle-leg: " + outcome.result());
    }

    @Test
    void aTraceCutShortStillGivesTheDigest() throws Exception {
        var recording = copyOf("cold");
        Files.writeString(
                recording.resolve("trace"),
                Files.readString(recording.resolve("trace")).substring(0, 300));

        var outcome = fixture.replaying(recording).run("trestle-leg", NO_CACHE);

        assertThat(result(outcome).path("digest")).isEqualTo(expected("cold").path("digest"));
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    void aClientThatLeavesNothingIsInfrastructure() throws Exception {
        Files.writeString(folder.resolve("exit-code"), "137\n");

        var outcome = fixture.replaying(folder).run("trestle-leg", NO_CACHE);

        assertThat(failure(outcome).path("class").asText()).isEqualTo("Infrastructure");
        assertThat(failure(outcome).path("message").asText())
                .isEqualTo("buildctl ended with exit code 137 and no error.");
        assertThat(outcome.exitCode()).isEqualTo(2);
    }

    @Test
    void keepsTheLastLinesWholeWithinTheSizeOfATerminationMessage() throws Exception {
        var recording = copyOf("step-failed");
        var trace = Files.readString(recording.resolve("trace"));
        var vertex = trace.replaceAll("(?s).*\"vertex\":\"(sha256:[0-9a-f]{64})\".*", "$1");
        var lines = "é\"\\👷".repeat(90) + "\n";
        Files.writeString(
                recording.resolve("trace"),
                trace + "{\"logs\":[{\"vertex\":\"" + vertex + "\",\"data\":\""
                        + Base64.getEncoder().encodeToString(lines.repeat(40).getBytes(UTF_8)) + "\"}]}\n");

        var outcome = fixture.replaying(recording).run("trestle-leg", NO_CACHE);

        assertThat(outcome.result().getBytes(UTF_8)).hasSizeBetween(2500, 4000);
        assertThat(failure(outcome).path("lastLines"))
                .isNotEmpty()
                .allMatch(line -> line.asText().equals(lines.strip()));
        assertThat(outcome.exitCode()).isEqualTo(1);
    }

    private Path copyOf(String recording) throws IOException {
        var copy = Files.createDirectory(folder.resolve("case"));
        for (var name : new String[] {"trace", "output", "metadata", "exit-code"}) {
            var file = BuilderScript.RECORDINGS.resolve(recording).resolve(name);
            if (Files.exists(file)) {
                Files.copy(file, copy.resolve(name));
            }
        }
        return copy;
    }
}
