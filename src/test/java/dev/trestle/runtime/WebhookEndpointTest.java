package dev.trestle.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trestle.source.RepositoryAddress;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The endpoint as git servers meet it. */
class WebhookEndpointTest {
    private static final String SECRET = "0123456789abcdef";
    private static final String PUSH = "{\"repository\": {\"clone_url\": \"https://git.example/acme/app.git\"}}";

    private final Path secrets;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Set<RepositoryAddress>> looks = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService watchdog = Executors.newSingleThreadScheduledExecutor();
    private final HttpClient client = HttpClient.newHttpClient();
    private final WebhookEndpoint endpoint;
    private int followed = 1;

    WebhookEndpointTest(@TempDir Path folder) throws IOException {
        secrets = folder.resolve("secrets");
        endpoint = new WebhookEndpoint(
                0,
                secrets,
                addresses -> {
                    looks.add(addresses);
                    return followed;
                },
                watchdog,
                Duration.ofSeconds(10),
                meters);
    }

    @BeforeEach
    void aSecret() throws IOException {
        Files.createDirectories(secrets);
        Files.writeString(secrets.resolve("token"), SECRET + "\n");
    }

    @AfterEach
    void close() {
        endpoint.close();
        client.close();
        watchdog.shutdownNow();
    }

    @Test
    void aSignedPushHasItsRepositoryLookedAt() throws Exception {
        var answer = post(PUSH, signed(SECRET, PUSH));

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(looks).containsExactly(Set.of(new RepositoryAddress("git.example/acme/app")));
        assertThat(count("accepted")).isEqualTo(1);
    }

    @Test
    void aRepositoryThatNoBuildFollowsIsToldSo() throws Exception {
        followed = 0;
        var answer = post(PUSH, signed(SECRET, PUSH));

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEqualTo("No build follows this repository.\n");
        assertThat(count("ignored")).isEqualTo(1);
    }

    @Test
    void aWrongSignatureDoesNothing() throws Exception {
        assertThat(post(PUSH, signed("another secret....", PUSH)).statusCode()).isEqualTo(401);
        assertThat(post(PUSH, signed(SECRET, "{}")).statusCode()).isEqualTo(401);
        assertThat(post("[", signed(SECRET, PUSH)).statusCode()).isEqualTo(401);
        assertThat(post(PUSH, "").statusCode()).isEqualTo(401);
        assertThat(looks).isEmpty();
        assertThat(count("unauthorized")).isEqualTo(4);
    }

    @Test
    void whatFollowsTheObjectIsSignedToo() throws Exception {
        assertThat(post(PUSH + " ".repeat(100_000) + "x", signed(SECRET, PUSH)).statusCode())
                .isEqualTo(401);
    }

    @Test
    void whatIsNoJsonIsToldSo() throws Exception {
        var answer = post("payload=%7B%7D", signed(SECRET, "payload=%7B%7D"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("'application/json'");
        assertThat(count("invalid")).isEqualTo(1);
    }

    @Test
    void aLongPushIsTaken() throws Exception {
        var push = "{\"commits\": \"%s\", \"url\": \"https://git.example/acme/app\"}".formatted("x".repeat(5_000_000));
        assertThat(post(push, signed(SECRET, push)).statusCode()).isEqualTo(202);
    }

    @Test
    void whatIsTooLongIsNotTaken() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), endpoint.port())) {
            send(
                    socket,
                    "POST /webhook HTTP/1.1\r\nHost: a\r\nX-Gitea-Signature: 00\r\nTransfer-Encoding: chunked\r\n\r\n4000000\r\n{\"a\":\"");
            var part = new byte[1 << 20];
            Arrays.fill(part, (byte) 'x');
            for (var i = 0; i < 26; i++) {
                socket.getOutputStream().write(part);
            }
            await().until(() -> count("too-large") == 1);
        }
    }

    @Test
    void aSecretThatIsAddedOrTakenAwayHoldsFromThenOn() throws Exception {
        Files.writeString(secrets.resolve("next"), "fedcba9876543210");
        assertThat(post(PUSH, signed("fedcba9876543210", PUSH)).statusCode()).isEqualTo(202);
        assertThat(post(PUSH, signed(SECRET, PUSH)).statusCode()).isEqualTo(202);

        Files.delete(secrets.resolve("token"));
        assertThat(post(PUSH, signed(SECRET, PUSH)).statusCode()).isEqualTo(401);
    }

    @Test
    void withoutASecretThereIsNoEndpoint() throws Exception {
        Files.delete(secrets.resolve("token"));
        assertThat(post(PUSH, signed(SECRET, PUSH)).statusCode()).isEqualTo(404);
        Files.writeString(secrets.resolve("token"), "short");
        assertThat(post(PUSH, signed("short", PUSH)).statusCode()).isEqualTo(404);
        Files.writeString(secrets.resolve("token"), "");
        assertThat(post(PUSH, signed("any", PUSH)).statusCode()).isEqualTo(404);
        assertThat(looks).isEmpty();
    }

    @Test
    void aSecretThatIsNotTextIsLeftOutAndTheOthersHold() throws Exception {
        Files.write(
                secrets.resolve("a-rotated"),
                new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13});
        Files.write(
                secrets.resolve("z-rotated"),
                new byte[] {(byte) 0xc3, (byte) 0x28, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13});
        Files.writeString(secrets.resolve("m-long"), "x".repeat(4097));
        Files.writeString(secrets.resolve("m-longest"), "y".repeat(4096));

        assertThat(post(PUSH, signed(SECRET, PUSH)).statusCode()).isEqualTo(202);
        assertThat(post(PUSH, signed("y".repeat(4096), PUSH)).statusCode()).isEqualTo(202);
        assertThat(post(PUSH, signed("x".repeat(4097), PUSH)).statusCode()).isEqualTo(401);
    }

    @Test
    void slowBodiesWithoutProofKeepNoPushAway() throws Exception {
        var slow = new ArrayList<Socket>();
        try {
            for (var i = 0; i < 30; i++) {
                var socket = new Socket(InetAddress.getLoopbackAddress(), endpoint.port());
                slow.add(socket);
                send(
                        socket,
                        "POST /webhook HTTP/1.1\r\nHost: a\r\nX-Gitea-Signature: 00\r\nContent-Length: 1000\r\n\r\n{");
            }
            assertThat(post(PUSH, signed(SECRET, PUSH)).statusCode()).isEqualTo(202);
            await().until(() -> count("too-slow") == 30);
        } finally {
            for (var socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void aLengthThatIsTooLargeIsRefusedBeforeTheBody() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), endpoint.port())) {
            send(
                    socket,
                    "POST /webhook HTTP/1.1\r\nHost: a\r\nX-Gitea-Signature: 00\r\nContent-Length: 26214401\r\n\r\n");
            await().until(() -> count("too-large") == 1);
        }
    }

    @Test
    void theKubeletsOwnFilesAreNoSecrets() throws Exception {
        Files.move(secrets.resolve("token"), secrets.resolve("..data"));
        assertThat(post(PUSH, signed(SECRET, PUSH)).statusCode()).isEqualTo(404);
    }

    @Test
    void nothingElseIsThere() throws Exception {
        assertThat(get("/webhook")).isEqualTo(405);
        assertThat(get("/metrics")).isEqualTo(404);
        assertThat(get("/webhook/../metrics")).isEqualTo(404);
    }

    @Test
    void whoAsksTooOftenIsToldToWait() throws Exception {
        HttpResponse<String> answer;
        do {
            answer = post(PUSH, signed(SECRET, PUSH));
        } while (answer.statusCode() == 202 && looks.size() < 10_000);

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(count("rate-limited")).isEqualTo(1);
    }

    @Test
    void whoStopsInTheMiddleIsCutOff() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), endpoint.port())) {
            socket.setSoTimeout(20_000);
            send(socket, "POST /webhook HTTP/1.1\r\nHost: a\r\nX-Gitea-Signature: 00\r\nContent-Length: 100\r\n\r\n{");

            assertThat(endOf(socket.getInputStream())).isEqualTo(-1);
        }
    }

    private HttpResponse<String> post(String body, String signature) throws Exception {
        var request = HttpRequest.newBuilder(uri("/webhook")).POST(BodyPublishers.ofString(body));
        if (!signature.isEmpty()) {
            request.header("X-Hub-Signature-256", "sha256=" + signature);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private int get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.discarding())
                .statusCode();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:%d%s".formatted(endpoint.port(), path));
    }

    private double count(String result) {
        return meters.get("trestle.webhook.requests")
                .tag("result", result)
                .counter()
                .count();
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    private static int endOf(InputStream stream) throws IOException {
        try {
            return stream.read();
        } catch (SocketException e) { // cut off while something was under way
            return -1;
        }
    }

    private static String signed(String secret, String body) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    }
}
