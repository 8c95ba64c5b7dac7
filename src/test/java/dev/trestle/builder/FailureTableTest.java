package dev.trestle.builder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trestle.api.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What images/builder/leg-result.jq makes of the ends of logs and of BuildKit's last words in src/test/resources/failure-classes. */
class FailureTableTest {
    private static final Path TABLES = Path.of("src/test/resources/failure-classes");
    private static final Path BUILDER = Path.of("images/builder");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STEP_FAILED = "process \"/bin/sh -c x\" did not complete successfully: exit code: 1";

    @TempDir
    private Path folder;

    static Stream<String> steps() throws IOException {
        return rows("steps.txt");
    }

    static Stream<String> errors() throws IOException {
        return rows("errors.txt");
    }

    private static Stream<String> rows(String table) throws IOException {
        return Files.readAllLines(TABLES.resolve(table)).stream().filter(line -> !line.startsWith("#"));
    }

    @Test
    void thereAreAtLeastAHundredEndsOfLogs() throws IOException {
        assertThat(steps().count()).isGreaterThan(100);
    }

    @ParameterizedTest
    @MethodSource("steps")
    void theLastLinesOfAStepDecide(String row) throws Exception {
        var fields = row.split(" \\| ", 3);

        var failure = judged(STEP_FAILED, List.of(fields[2].split(" ⏎ ")));

        hasReason(failure, fields[1]);
    }

    @ParameterizedTest
    @MethodSource("errors")
    void theLastWordsOfBuildKitDecide(String row) throws Exception {
        var fields = row.split("\\|", 4);

        var failure = judged(fields[3].strip(), List.of());

        hasReason(failure, fields[1].strip());
        assertThat(failure.path("registry").asText()).isEqualTo(fields[2].strip());
    }

    @Test
    void theCauseThatStandsFarBeforeTheEndIsShown() throws Exception {
        var cause = "npm error gyp ERR! find Python Python is not set from command line";
        var lines = Stream.of(
                        Stream.of("added 12 packages", "npm error code 1", cause),
                        Stream.iterate(1, n -> n + 1).limit(60).map("npm error gyp info it works %d"::formatted),
                        Stream.of(
                                "npm error A complete log of this run can be found in: /root/.npm/_logs/x-debug-0.log"))
                .flatMap(part -> part)
                .toList();

        var shown = judged(STEP_FAILED, lines).path("lastLines");

        assertThat(shown.get(0).asText()).isEqualTo(cause);
        assertThat(shown.get(shown.size() - 1).asText()).endsWith("it works 60");
        assertThat(shown.size()).isLessThanOrEqualTo(20);
    }

    @Test
    void aNetworkErrorFarBeforeACompilersIsNotTheCause() throws Exception {
        var lines = Stream.of(
                        Stream.of("warning: spurious: connection reset by peer, 3 tries remaining"),
                        Stream.iterate(1, n -> n + 1).limit(30).map("   Compiling crate-%d"::formatted),
                        Stream.of("error[E0308]: mismatched types"))
                .flatMap(part -> part)
                .toList();

        hasReason(judged(STEP_FAILED, lines), "StepFailed");
    }

    @Test
    void aSubmoduleThatCannotBeReadIsNamedWithItsCauseFirst() throws Exception {
        var words = "failed to update submodules for https://git.example/a.git: git stderr: " + "Cloning ".repeat(80)
                + "Submodule 'theme' (git@host.example:acme/theme.git) registered for path 'docs/theme' "
                + "ssh -F /dev/null: 1: ssh: not found fatal: clone of 'git@host.example:acme/theme.git' into submodule path '/state/docs/theme' failed";

        var message = judged(words, List.of()).path("message").asText();

        assertThat(message)
                .startsWith("Submodule 'theme' (git@host.example:acme/theme.git) cannot be read: ssh: not found. ")
                .contains("https");
    }

    @ParameterizedTest
    @MethodSource("advised")
    void theMessageSaysWhatToDo(String error, String advice) throws Exception {
        assertThat(judged(error, List.of()).path("message").asText())
                .startsWith(error + ". ")
                .contains(advice);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chown: changing ownership of '/x': Invalid argument",
                "chown: /x: Invalid argument",
                "chgrp: changing group of '/x': Invalid argument",
                "install: cannot change owner and permissions of '/x': Invalid argument",
                "tar: ./file: Cannot change ownership to uid 1000000001, gid 1000000001: Invalid argument",
                "cp: failed to preserve ownership for '/x': Invalid argument",
                "rsync: chown \"/x\" failed: Invalid argument (22)",
                "error: unpacking of archive failed: cpio: chown failed - Invalid argument",
                "npm error EINVAL: invalid argument, chown '/x'"
            })
    void aStepThatSetsAnOwnerBeyondTheUserNamespaceHearsTheWayOut(String line) throws Exception {
        assertThat(judged(STEP_FAILED, List.of(line)).path("message").asText()).contains("Use an owner below 65536");
    }

    @Test
    void anotherInvalidArgumentIsNoMatterOfOwners() throws Exception {
        assertThat(judged(STEP_FAILED, List.of("mount: /x: Invalid argument"))
                        .path("message")
                        .asText())
                .doesNotContain("owner");
    }

    static Stream<String[]> advised() {
        return Stream.of(
                new String[] {"failed to Lchown \"/x\" for UID 200000, GID 0: invalid argument", "Owner 200000"},
                new String[] {"secret npmrc: not found", "secret 'npmrc'"},
                new String[] {"failed to push r.example/a:x: unknown: tag is immutable", "must be mutable"},
                new String[] {
                    "failed to push r.example/a:x: unknown: The repository does not exist", "Create the repository"
                },
                new String[] {"failed to push r.example/a:x: denied: requested access", "'spec.image.pushSecret'"},
                new String[] {"failed to load cache key: invalid response status 503", "answers 503"},
                new String[] {"frontend grpc server closed unexpectedly", "NET_ADMIN"});
    }

    private static void hasReason(JsonNode failure, String reason) {
        assertThat(failure.path("reason").asText()).isEqualTo(reason);
        assertThat(failure.path("class").asText())
                .isEqualTo(FailureReason.valueOf(reason).failureClass().name());
    }

    /** The failure of a build whose only vertex ended with this error, after these lines. */
    private JsonNode judged(String error, List<String> lines) throws Exception {
        var vertex =
                object().put("digest", "sha256:a").put("name", "[2/2] RUN x").put("error", error);
        var log = object().put("vertex", "sha256:a")
                .put("data", Base64.getEncoder().encodeToString((String.join("\n", lines) + "\n").getBytes(UTF_8)));
        var vertexes = object();
        vertexes.putArray("vertexes").add(vertex);
        var logs = object();
        logs.putArray("logs").add(log);
        Files.writeString(folder.resolve("logs"), logs.toString());
        var output = folder.resolve("judged");
        var jq = new ProcessBuilder(
                "jq", "-nr", "-f", BUILDER.resolve("leg-result.jq").toString());
        jq.command().addAll(List.of("--argjson", "status", "1", "--argjson", "seconds", "1"));
        for (var empty : List.of("ended", "inodes", "options", "metadata", "earlier")) {
            jq.command().addAll(List.of("--arg", empty, ""));
        }
        jq.command().addAll(List.of("--arg", "broken", "no", "--arg", "vertexes", vertexes.toString()));
        jq.command().addAll(List.of("--arg", "log_end", "error: failed to solve: " + error + "\n"));
        jq.command().addAll(List.of("--rawfile", "logs", folder.resolve("logs").toString()));
        for (var table : List.of("classes", "advice")) {
            jq.command()
                    .addAll(List.of(
                            "--rawfile",
                            table,
                            BUILDER.resolve("failure-" + table).toString()));
        }
        var process =
                jq.redirectErrorStream(true).redirectOutput(output.toFile()).start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        var result = Files.readString(output).split("\n", 2);
        assertThat(process.exitValue()).as(String.join("\n", result)).isZero();
        return JSON.readTree(result[1]).path("failure");
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
