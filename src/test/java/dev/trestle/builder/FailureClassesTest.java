package dev.trestle.builder;

import static dev.trestle.builder.LegFixture.NO_CACHE;
import static dev.trestle.builder.LegFixture.failure;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.api.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What images/builder/failure-classes makes of BuildKit's last words, and of what a step printed. */
class FailureClassesTest {
    private static final Path FILE = Path.of("images/builder/failure-classes");
    private static final Pattern LINE =
            Pattern.compile("(?<class>\\S+) +(?<reason>\\S+) +(error|log|end|all|push) +\\S.*");

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

    static Stream<String> lines() throws IOException {
        return Files.readAllLines(FILE).stream().filter(line -> !line.startsWith("#"));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void eachLineHasAReasonOfItsClass(String line) {
        var fields = LINE.matcher(line);

        assertThat(fields.matches()).isTrue();
        assertThat(FailureReason.valueOf(fields.group("reason")).failureClass()).hasToString(fields.group("class"));
    }

    @ParameterizedTest(name = "{0} of {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            RateLimited       | docker.io      | docker.io/library/ubuntu:24.04: failed to resolve source metadata for docker.io/library/ubuntu:24.04: unexpected status from HEAD request to https://registry-1.docker.io/v2/library/ubuntu/manifests/24.04: 429 Too Many Requests
            RateLimited       | docker.io      | failed to copy: httpReadSeeker: failed open: unexpected status code https://registry-1.docker.io/v2/library/ubuntu/blobs/sha256:aa: 429 Too Many Requests - Server message: toomanyrequests: You have reached your pull rate limit.
            RateLimited       | ghcr.io        | failed to push ghcr.io/acme/app:x: denied: You have exceeded a secondary rate limit.
            RateLimited       | r.example:5000 | failed to push r.example:5000/a/b:x: unexpected status from PUT request to http://r.example:5000/v2/a/b/manifests/x: 429 Too Many Requests
            RegistryError     | quay.io        | failed to push quay.io/acme/app:x: unexpected status from PUT request to https://quay.io/v2/acme/app/manifests/x: 502 Bad Gateway
            Network           |                | failed to do request: Head "https://quay.io/v2/acme/app/blobs/sha256:aa": dial tcp: lookup quay.io on 10.96.0.10:53: no such host
            RegistryError     | quay.io        | failed to push quay.io/acme/app:x: failed to do request: Put "https://quay.io/v2/acme/app/blobs/uploads/1": write tcp: broken pipe
            RegistryError     | docker.io      | failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://auth.docker.io/token?scope=x: 503 Service Unavailable, failed to resolve source metadata for docker.io/library/a:1
            PushDenied        | quay.io        | failed to push quay.io/acme/app:x: unexpected status from POST request to https://quay.io/v2/acme/app/blobs/uploads/: 401 UNAUTHORIZED
            PushDenied        | ghcr.io        | failed to push ghcr.io/acme/app:x: unexpected status from POST request to https://ghcr.io/v2/acme/app/blobs/uploads/: 403 Forbidden
            PushDenied        | docker.io      | failed to push docker.io/acme/app:x: push access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed
            AccessDenied      | docker.io      | failed to resolve source metadata for docker.io/acme/secret:1: pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed
            SourceDenied      |                | failed to load cache key: failed to fetch remote https://git.example/a.git: git stderr: fatal: could not read Username for 'https://git.example': terminal prompts disabled
            SourceDenied      |                | failed to load cache key: failed to fetch remote https://git.example/a.git: git stderr: fatal: Authentication failed for 'https://git.example/a.git/'
            SourceDenied      |                | failed to load cache key: failed to fetch remote https://git.example/a.git: git stderr: fatal: unable to access 'https://git.example/a.git/': The requested URL returned error: 403
            SourceDenied      |                | failed to load cache key: failed to fetch remote https://git.example/a.git: git stderr: remote: Repository not found. fatal: repository 'https://git.example/a.git/' not found
            SourceUnavailable |                | failed to load cache key: failed to fetch remote https://git.example/a.git: git stderr: fatal: unable to access 'https://git.example/a.git/': The requested URL returned error: 502
            SourceUnavailable |                | failed to load cache key: failed to fetch remote https://git.example/a.git: git stderr: fatal: unable to access 'https://git.example/a.git/': The requested URL returned error: 429
            SourceUnavailable |                | failed to load cache key: failed to fetch remote https://git.example/a.git: git stderr: remote: You have exceeded a secondary rate limit. fatal: unable to access 'https://git.example/a.git/': The requested URL returned error: 403
            DockerfileError   |                | dockerfile parse error on line 2: unknown instruction: toomanyrequests:https://quay.io/v2/
            DockerfileError   |                | failed to parse stage name "https://quay.io/v2/: toomanyrequests: x": invalid reference format
            DockerfileError   |                | failed to compute cache key: failed to calculate checksum of ref a::b: "/: toomanyrequests: https://quay.io/v2/": not found
            BaseNotFound      |                | quay.io/acme/toomanyrequests: failed to resolve source metadata for quay.io/acme/toomanyrequests:latest: quay.io/acme/toomanyrequests:latest: not found
            SourceUnavailable |                | failed to load cache key: failed to fetch remote https://git.example/a.git: git stderr: fatal: unable to access 'https://git.example/a.git/': Could not resolve host: git.example
            SourceUnavailable |                | failed to read dockerfile: failed to load cache key: expected checksum to match aaaa, got bbbb
            BaseNotFound      |                | none:1: failed to resolve source metadata for docker.io/library/none:1: docker.io/library/none:1: not found
            BaseNotFound      |                | busybox:1: no match for platform in manifest: not found
            DockerfileError   |                | dockerfile parse error on line 2: unknown instruction: RNU (did you mean ENV?)
            DockerfileError   |                | failed to read dockerfile: open Dockerfile: no such file or directory
            DockerfileError   |                | target stage "prod" could not be found
            NotAllowed        |                | failed to load LLB: security.insecure is not allowed: granting entitlement security.insecure is not allowed by build daemon configuration
            BuilderCrashed    |                | failed to receive status: rpc error: code = Unavailable desc = error reading from server: EOF
            BuilderCrashed    |                | no active session for abc: context deadline exceeded
            BuilderError      |                | failed to mount /tmp/buildkit-mount1: [{Type:overlay}]: operation not permitted
            BuilderError      |                | failed to get state for index 0: lease "x" does not exist
            DiskFull          |                | ResourceExhausted: failed to copy: write /var/lib/buildkit/x: no space left on device
            DockerfileError   |                | secret metadata for ghcr.io/acme/app: toomanyrequests: slow down: not found
            DockerfileError   |                | no SSH key "metadata for ghcr.io/acme/app: toomanyrequests: " forwarded from the client
            StepFailed        |                | process "/bin/sh -c echo no space left on device && false" did not complete successfully: exit code: 1
            OutOfMemory       |                | ResourceExhausted: process "/bin/sh -c make" did not complete successfully: cannot allocate memory
            Network           |                | failed to fetch https://example.com/file.tar: dial tcp 192.0.2.1:443: i/o timeout
            Unknown           |                | the moon is full
            """)
    void whatBuildKitSaysHasAReason(FailureReason reason, @Nullable String registry, String error) throws Exception {
        var failure = failure(ending("error: failed to solve: " + error + "\n", ""));

        assertThat(failure.path("reason").asText()).isEqualTo(reason.name());
        assertThat(failure.path("class").asText())
                .isEqualTo(reason.failureClass().name());
        assertThat(failure.has("registry") ? failure.path("registry").asText() : null)
                .isEqualTo(registry);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            StepFailed       | main.c:3: error: expected ';'
            StepFailed       | runc run failed: unable to start container process: exec: "make": executable file not found in $PATH
            EmulationRefused | exec /bin/alien: exec format error
            OutOfMemory      | c++: fatal error: Killed signal terminated program cc1plus
            StepDiskFull     | tar: write error: No space left on device
            Network          | Temporary failure resolving 'deb.debian.org'
            Network          | ERROR: HTTP error 429 Too Many Requests while getting https://pypi.example/simple
            BuilderError     | runc run failed: unable to start container process: error during container init: error mounting "proc"
            """)
    void whatAStepPrintedHasAReason(FailureReason reason, String line) throws Exception {
        var error = "process \"/bin/sh -c make\" did not complete successfully: exit code: 1";
        var digest = "sha256:" + "a".repeat(64);
        var trace = """
                {"vertexes":[{"digest":"%s","name":"[2/2] RUN make","error":"%s","completed":"2026-11-21T12:00:00Z"}]}
                {"logs":[{"vertex":"%s","data":"%s"}]}
                """.formatted(
                        digest,
                        error.replace("\"", "\\\""),
                        digest,
                        Base64.getEncoder().encodeToString((line + "\n").getBytes(UTF_8)));

        var failure = failure(ending("error: failed to solve: " + error + "\n", trace));

        assertThat(failure.path("reason").asText()).isEqualTo(reason.name());
        assertThat(failure.path("class").asText())
                .isEqualTo(reason.failureClass().name());
        assertThat(failure.path("step").asText()).isEqualTo("RUN make");
        assertThat(failure.path("exitCode").asInt()).isEqualTo(1);
    }

    private BuilderScript.Outcome ending(String output, String trace) throws Exception {
        var recording = Files.createDirectory(folder.resolve("case"));
        Files.writeString(recording.resolve("exit-code"), "1\n");
        Files.writeString(recording.resolve("trace"), trace);
        Files.writeString(recording.resolve("output"), output);
        return fixture.replaying(recording).run("trestle-leg", NO_CACHE);
    }
}
