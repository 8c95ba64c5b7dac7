package dev.trestle.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.trestle.core.merge.Digest;
import dev.trestle.core.merge.FailureClass;
import dev.trestle.outward.Guard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a registry that a tenant names may make the operator do. The servers are real, and on this machine. */
class UpstreamClientTest {
    private static final Digest DIGEST = Digest.of("image".getBytes(StandardCharsets.UTF_8));

    private final Path folder;
    private final Server registry = new Server();
    /** Stands for what only the operator can reach. */
    private final Server internal = new Server();
    /** Another server that the administrator has named. */
    private final Server realm = new Server();

    UpstreamClientTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
    }

    @BeforeEach
    void serve() {
        registry.answers = exchange -> {
            if ("Bearer granted".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                manifest(exchange);
            } else {
                challenge(exchange, realm.url("/token"));
            }
        };
        realm.answers = exchange -> json(exchange, "{\"token\": \"granted\"}");
        internal.answers = exchange -> json(exchange, "{\"token\": \"of the cloud\"}");
    }

    @AfterEach
    void close() {
        registry.close();
        internal.close();
        realm.close();
    }

    @Test
    void aTagsDigestIsReadByATokenOfTheRealmThatTheRegistryNames() {
        assertThat(digest()).contains(DIGEST);
        assertThat(realm.requests)
                .singleElement()
                .asString()
                .contains("scope=repository%3Aacme%2Fbase%3Apull", "service=a%26b");
    }

    @Test
    void aRealmThatIsNotPublicIsNotAsked() {
        registry.answers = exchange -> challenge(exchange, internal.url("/latest/meta-data"));

        assertThatThrownBy(this::digest)
                .hasMessageContaining("'127.0.0.1' has an address that is not public")
                .isInstanceOfSatisfying(
                        RegistryFailure.class,
                        failure -> assertThat(failure.failure()).isEqualTo(FailureClass.Denied));
        assertThat(internal.requests).isEmpty();
        assertThat(registry.authorizations).isEmpty();
    }

    @Test
    void openAndClosedPortsAreToldAlike() {
        registry.answers = exchange -> challenge(exchange, internal.url(""));
        var open = catchMessage();
        internal.close();
        assertThat(catchMessage()).isEqualTo(open);
    }

    @Test
    void aRedirectToWhatIsNotPublicIsNotFollowed() {
        registry.answers = exchange -> redirect(exchange, internal.url("/v2/acme/base/manifests/v1"));

        assertThatThrownBy(this::digest).hasMessageContaining("has an address that is not public");
        assertThat(internal.requests).isEmpty();
    }

    @Test
    void aTokenDoesNotFollowARedirectToAnotherServer() {
        var mirror = realm;
        registry.answers = exchange -> {
            if (exchange.getRequestURI().getPath().equals("/token")) {
                json(exchange, "{\"access_token\": \"granted\"}");
            } else if (exchange.getRequestHeaders().containsKey("Authorization")) {
                redirect(exchange, mirror.url("/blob"));
            } else {
                challenge(exchange, registry.url("/token"));
            }
        };
        mirror.answers = UpstreamClientTest::manifest;

        assertThat(digest()).contains(DIGEST);
        assertThat(registry.authorizations).contains("Bearer granted");
        assertThat(mirror.authorizations).isEmpty();
    }

    @Test
    void redirectsEnd() {
        registry.answers = exchange -> redirect(exchange, registry.url("/again"));

        assertThatThrownBy(this::digest).hasMessageContaining("it redirects more than 5 times");
        assertThat(registry.requests).hasSize(6);
    }

    @Test
    void aTokenAtTheLimitIsReadAndALongerAnswerIsCutOff() {
        realm.answers = exchange -> json(exchange, "{\"token\": \"granted\"}" + " ".repeat((64 << 10) - 20));
        assertThat(digest()).contains(DIGEST);

        realm.answers = exchange -> json(exchange, "{\"token\": \"granted\"}" + " ".repeat((64 << 10) - 19));
        assertThatThrownBy(this::digest).hasMessageContaining("the answer is longer than 65536 bytes");
    }

    @Test
    void aManifestWithoutDigestIsReadUpToTheLimit() {
        registry.answers = exchange -> bytes(exchange, ImageRegistry.MANIFEST_LIMIT);
        assertThat(digest()).isPresent();

        registry.answers = exchange -> bytes(exchange, ImageRegistry.MANIFEST_LIMIT + 1);
        assertThatThrownBy(this::digest).hasMessageContaining("longer than 4194304 bytes");
    }

    @Test
    void credentialsAreReadAtEachLookAndGoToTheRealmThatTheirRegistryNames() throws IOException {
        realm.answers = exchange -> {
            if (exchange.getRequestHeaders().containsKey("Authorization")) {
                json(exchange, "{\"token\": \"granted\"}");
            } else {
                exchange.sendResponseHeaders(401, -1);
            }
        };
        assertThatThrownBy(this::digest)
                .isInstanceOfSatisfying(
                        RegistryFailure.class,
                        failure -> assertThat(failure.failure()).isEqualTo(FailureClass.Denied));

        var auth = Base64.getEncoder().encodeToString("bot:secret".getBytes(StandardCharsets.UTF_8));
        Files.writeString(
                folder.resolve("config.json"),
                "{\"auths\": {\"%s\": {\"auth\": \"%s\"}}}".formatted(registry.host(), auth));
        assertThat(digest()).contains(DIGEST);
        assertThat(realm.authorizations).containsExactly("Basic " + auth);
    }

    @Test
    void anIdentityTokenIsExchangedAtTheRealmThatItsRegistryNames() throws IOException {
        Files.writeString(
                folder.resolve("config.json"),
                "{\"auths\": {\"%s\": {\"identitytoken\": \"renewable\"}}}".formatted(registry.host()));

        assertThat(digest()).contains(DIGEST);
        assertThat(realm.bodies)
                .singleElement()
                .asString()
                .contains("refresh_token=renewable", "grant_type=refresh_token");
    }

    @Test
    void noTokenServerWithoutTlsIsAskedForARegistryWithTls() {
        var route = new GuardedRoute(new Guard(Set::of, URI.create("https://10.96.0.1")));

        assertThatThrownBy(() -> route.check(URI.create("http://192.0.2.1/token"), URI.create("https://192.0.2.1/v2/")))
                .hasMessageContaining("without TLS");
    }

    private Optional<Digest> digest() {
        var named = Set.of(registry.host(), realm.host());
        var guard = new Guard(() -> named, URI.create("https://10.96.0.1"));
        return new UpstreamClient(
                        guard,
                        _ -> true,
                        () -> DockerCredentials.in(folder),
                        new Retry(Backoff.ONCE, Thread::sleep, () -> 1))
                .digestOf(new Repository(registry.host(), "acme/base"), "v1");
    }

    private String catchMessage() {
        try {
            return digest().toString();
        } catch (RegistryFailure e) {
            return String.valueOf(e.getMessage());
        }
    }

    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private static void manifest(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Docker-Content-Digest", DIGEST.value());
        exchange.sendResponseHeaders(200, -1);
    }

    private static void challenge(HttpExchange exchange, String realm) throws IOException {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer realm=\"%s\", service=\"a&b\"".formatted(realm));
        exchange.sendResponseHeaders(401, -1);
    }

    private static void redirect(HttpExchange exchange, String location) throws IOException {
        exchange.getResponseHeaders().set("Location", location);
        exchange.sendResponseHeaders(307, -1);
    }

    private static void json(HttpExchange exchange, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void bytes(HttpExchange exchange, int size) throws IOException {
        var isHead = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(200, isHead ? -1 : size);
        if (!isHead) {
            exchange.getResponseBody().write(new byte[size]);
        }
    }

    /** Writes down what it is asked. */
    private static final class Server implements AutoCloseable {
        private final HttpServer http;
        private final List<String> requests = new CopyOnWriteArrayList<>();
        private final List<String> authorizations = new CopyOnWriteArrayList<>();
        private final List<String> bodies = new CopyOnWriteArrayList<>();
        private volatile Answer answers = exchange -> exchange.sendResponseHeaders(404, -1);

        Server() throws IOException {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            http.createContext("/", exchange -> {
                try (exchange) {
                    requests.add(exchange.getRequestURI().toString());
                    Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                            .ifPresent(authorizations::add);
                    bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                    answers.to(exchange);
                }
            });
            http.start();
        }

        String host() {
            return "127.0.0.1:" + http.getAddress().getPort();
        }

        String url(String path) {
            return "http://" + host() + path;
        }

        @Override
        public void close() {
            http.stop(0);
        }
    }
}
