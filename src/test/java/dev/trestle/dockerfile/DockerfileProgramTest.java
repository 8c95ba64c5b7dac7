package dev.trestle.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.trestle.core.dockerfile.DockerfileReads;
import dev.trestle.core.dockerfile.DockerfileRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the program, or a Dockerfile, does: there is an answer, and the next request gets its own. */
class DockerfileProgramTest {
    private static final DockerfileProgram.Times SHORT =
            new DockerfileProgram.Times(Duration.ofMillis(300), Duration.ofMinutes(5));
    private static final DockerfileReads OF_A = new DockerfileReads.Paths(List.of("a"), false, List.of());

    @TempDir
    private Path folder;

    @Test
    void aProcessThatIsKilledIsStartedAgain() {
        try (var program = real(DockerfileProgram.Times.USUAL)) {
            assertThat(program.read(copyOf("a"))).isEqualTo(OF_A);
            var first = program.pid().orElseThrow();
            ProcessHandle.of(first).orElseThrow().destroyForcibly();

            assertThat(program.read(copyOf("a"))).isEqualTo(OF_A);
            assertThat(program.pid()).isPresent().isNotEqualTo(Optional.of(first));
        }
    }

    @Test
    void oneProcessAnswersManyRequests() {
        try (var program = real(DockerfileProgram.Times.USUAL)) {
            program.read(copyOf("a"));
            var first = program.pid();
            program.read(copyOf("b"));
            assertThat(program.pid()).isPresent().isEqualTo(first);
        }
    }

    @Test
    void anIdleProcessEnds() {
        try (var program = real(new DockerfileProgram.Times(Duration.ofSeconds(30), Duration.ofMillis(50)))) {
            program.read(copyOf("a"));
            await().until(() -> program.pid().isEmpty());
            assertThat(program.read(copyOf("a"))).isEqualTo(OF_A);
        }
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of("exit 7", "it ended with exit code 7"),
                Arguments.of("kill -9 $$", "it ended with exit code 137"),
                Arguments.of("sleep 60", "it took more than 300 ms"),
                Arguments.of("read -r line; exec 0<&- 1>&-; sleep 60", "it ended with exit code 137"),
                Arguments.of("read -r line; echo nonsense; read -r line", "its answer is not valid: 'nonsense'"),
                Arguments.of(
                        "read -r line; echo '{}'; read -r line", "its answer has neither 'paths' nor 'cannotTell'"),
                Arguments.of("read -r line; echo '{\"paths\": [null]}'; read -r line", "its answer is not valid"),
                Arguments.of("read -r line; tr '\\0' x < /dev/zero", "its answer is longer than 1048576 bytes"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void aProgramThatFailsTwiceLeavesTheDockerfileUnknown(String script, String cause) throws IOException {
        try (var program = new DockerfileProgram(script(script), SHORT)) {
            assertThat(program.read(copyOf("a")))
                    .isInstanceOfSatisfying(
                            DockerfileReads.Unknown.class,
                            unknown -> assertThat(unknown.why())
                                    .startsWith("the program that reads it failed 2 times: " + cause));
        }
    }

    @Test
    void aProgramThatFailsOnceIsAskedAgain() throws IOException {
        var script = script("read -r line; if mkdir '%s'; then exit 1; fi; echo '{\"paths\": [\"a\"]}'; read -r line"
                .formatted(folder.resolve("once")));
        try (var program = new DockerfileProgram(script, SHORT)) {
            assertThat(program.read(copyOf("a"))).isEqualTo(OF_A);
        }
    }

    @Test
    void aMissingProgramIsSaidWithTheNextStep() {
        try (var program = new DockerfileProgram(folder.resolve("none"), SHORT)) {
            assertThatThrownBy(program::verified)
                    .isInstanceOf(DockerfileProgram.Unusable.class)
                    .hasMessageContaining(folder.resolve("none").toString())
                    .hasMessageContaining("'hack/dockerfile-reader' builds it");
        }
    }

    @Test
    void anotherProgramIsNotUsed() throws IOException {
        try (var program = new DockerfileProgram(script("read -r line; echo '{\"paths\": []}'; read -r line"), SHORT)) {
            assertThatThrownBy(program::verified).hasMessageContaining("does not work: it answers");
        }
    }

    static Stream<Arguments> limits() {
        return Stream.of(
                Arguments.of("nested variables", "COPY " + "${a:-".repeat(100) + "b" + "}".repeat(100) + " /", true),
                Arguments.of("nested variables", "COPY " + "${a:-".repeat(101) + "b" + "}".repeat(101) + " /", false),
                Arguments.of("nested variables", "COPY " + "${a:-".repeat(1500) + "b" + "}".repeat(1500) + " /", false),
                Arguments.of("a line", "COPY a /\n#" + "x".repeat(65_533), true),
                Arguments.of("a line", "COPY a /\n#" + "x".repeat(65_535), false),
                Arguments.of("instructions", "COPY a /\n".repeat(4_999), true),
                Arguments.of("instructions", "COPY a /\n".repeat(5_000), false),
                Arguments.of("stages", "\nFROM x".repeat(499), true),
                Arguments.of("stages", "\nFROM x".repeat(500), false),
                Arguments.of("bytes", "#\n".repeat((1 << 19) - 10), true),
                Arguments.of("bytes", "#\n".repeat((1 << 19) - 9), false),
                Arguments.of("paths", copies(2_000), true),
                Arguments.of("paths", copies(2_001), false),
                Arguments.of("a path", "COPY " + "x".repeat(4_096) + " /", true),
                Arguments.of("a path", "COPY " + "x".repeat(4_097) + " /", false),
                Arguments.of("an expansion", doublings(19) + "COPY x$a3 /", true),
                Arguments.of("an expansion", doublings(20), false),
                Arguments.of(
                        "replaced parts",
                        "ARG a=" + "x".repeat(60_000) + "\nCOPY ${a//?/" + "y".repeat(60_000) + "} /",
                        false),
                Arguments.of("variables of stages", variables(500) + stages(98), true),
                Arguments.of("variables of stages", variables(500) + stages(110), false));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("limits")
    void atALimitAndBeyond(String what, String text, boolean told) {
        var reads = ReaderProgram.reads(request("FROM scratch AS s0\n" + text));
        assertThat(reads).isInstanceOf(told ? DockerfileReads.Paths.class : DockerfileReads.Unknown.class);
        if (reads instanceof DockerfileReads.Unknown(var why)) {
            assertThat(why).doesNotContain("failed").hasSizeLessThan(300);
        }
    }

    private static String copies(int count) {
        var text = new StringBuilder();
        for (var at = 0; at < count; at++) {
            text.append("COPY f%d /\n".formatted(at));
        }
        return text.toString();
    }

    private static String doublings(int count) {
        var text = new StringBuilder("ARG a0=x\n");
        for (var at = 1; at <= count; at++) {
            text.append("ARG a%d=$a%d$a%d\n".formatted(at, at - 1, at - 1));
        }
        return text.toString();
    }

    private static String variables(int count) {
        var text = new StringBuilder();
        for (var at = 0; at < count; at++) {
            text.append("ARG v%d=1\n".formatted(at));
        }
        return text.toString();
    }

    private static String stages(int count) {
        var text = new StringBuilder();
        for (var at = 1; at <= count; at++) {
            text.append("FROM s%d AS s%d\n".formatted(at - 1, at));
        }
        return text.toString();
    }

    private static DockerfileProgram real(DockerfileProgram.Times times) {
        return new DockerfileProgram(ReaderProgram.path(), times).verified();
    }

    private Path script(String text) throws IOException {
        var script = Files.writeString(folder.resolve("program"), "#!/bin/sh\n" + text + "\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    private static DockerfileRequest copyOf(String path) {
        return request("FROM scratch\nCOPY %s /\n".formatted(path));
    }

    private static DockerfileRequest request(String text) {
        return new DockerfileRequest(text, List.of(), Optional.empty());
    }
}
