package dev.trestle.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.trestle.core.config.Configuration;
import dev.trestle.core.config.GitCredential;
import dev.trestle.source.GitReader.Unreadable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a git server may make the operator do. The servers here are real, and on this machine. */
class ServerTrustTest {
    private static final byte[] SERVICE = "001e# service=git-upload-pack\n0000".getBytes(StandardCharsets.UTF_8);
    private static final Limits SMALL = limits(Duration.ofMinutes(1));

    private static Limits limits(Duration longest) {
        return new Limits(Duration.ofSeconds(30), longest, longest, 1 << 20, 1 << 20, 1 << 20, 1 << 20);
    }

    private final Path folder;
    private final GitServer server;
    private final GitServer other;
    private String commit = "";

    ServerTrustTest(@TempDir Path folder) throws Exception {
        this.folder = folder;
        this.server = new GitServer(folder.resolve("server"));
        this.other = new GitServer(folder.resolve("other"));
    }

    @BeforeEach
    void commit() throws Exception {
        commit = server.commit("first");
        other.commit("elsewhere");
    }

    @AfterEach
    void close() {
        server.close();
        other.close();
    }

    @Test
    void aServerTellsItsRefs() throws Exception {
        assertThat(reader().commitsOf(server.url(), Set.of(GitServer.REF))).isEqualTo(Map.of(GitServer.REF, commit));
    }

    @Test
    void aServerThatIsNotListedIsNotAsked() {
        var reader = new JGitReader(folder.resolve("mirrors"), SMALL, GitServer.listing("git.example"));

        assertThatThrownBy(() -> reader.commitsOf(server.url(), Set.of(GitServer.REF)))
                .isInstanceOf(Unreadable.class)
                .hasMessage("'%s' is none of the servers in 'git.hosts' of the operator's configuration"
                        .formatted(server.host()));
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aRedirectOnTheSameServerIsFollowed() throws Exception {
        server.before(exchange -> moves(exchange, "/old.git", "/app.git"));

        assertThat(reader().commitsOf(server.url().replace("app", "old"), Set.of(GitServer.REF)))
                .isEqualTo(Map.of(GitServer.REF, commit));
    }

    @Test
    void aRedirectToAnotherServerIsNotFollowed() {
        server.before(exchange -> moves(exchange, "/app.git", other.url()));

        assertUnreadable("it redirects to 'http://%s', which is another server; name the repository there"
                .formatted(other.host()));
        assertThat(other.requests()).isEmpty();
    }

    @Test
    void aRedirectToTheMetadataServiceIsNotFollowed() {
        server.before(exchange -> moves(exchange, "/app.git", "http://169.254.169.254/latest"));

        assertUnreadable(
                "it redirects to 'http://169.254.169.254', which is another server; name the repository there");
    }

    @Test
    void redirectsEnd() {
        server.before(exchange -> {
            var path = exchange.getRequestURI().getPath();
            GitServer.redirect(exchange, "/x" + path + "?service=git-upload-pack");
            return true;
        });

        assertUnreadable("it redirects more than 3 times");
        assertThat(server.requests()).hasSize(4);
    }

    @Test
    void credentialsAreReadFromTheirFilesEachTime() throws Exception {
        server.before(GitServerAuthorization::asksForIt);
        var reader = reader(credential(true));
        secret("bot", "first");
        reader.commitsOf(server.url(), Set.of(GitServer.REF));
        secret("bot", "second\n");
        reader.commitsOf(server.url(), Set.of(GitServer.REF));

        assertThat(server.authorizations()).containsOnly(basic("bot:first"), basic("bot:second"));
    }

    @Test
    void aTokenNeedsNoName() throws Exception {
        server.before(GitServerAuthorization::asksForIt);
        Files.createDirectories(folder.resolve("secret"));
        Files.writeString(folder.resolve("secret/password"), "token");
        reader(credential(true)).commitsOf(server.url(), Set.of(GitServer.REF));

        assertThat(server.authorizations()).containsOnly(basic("git:token"));
    }

    @Test
    void credentialsAreNotSentInTheClearUnlessThatIsWanted() throws Exception {
        server.before(GitServerAuthorization::asksForIt);
        secret("bot", "first");

        assertThatThrownBy(() -> reader(credential(false)).commitsOf(server.url(), Set.of(GitServer.REF)))
                .hasMessage(
                        "the server asks for credentials, and 'git.credentials' of the operator's configuration has none that it takes");
        assertThat(server.authorizations()).isEmpty();
    }

    @Test
    void wrongCredentialsAreSentOnce() throws Exception {
        server.before(GitServerAuthorization::refuses);
        secret("bot", "wrong");

        assertThatThrownBy(() -> reader(credential(true)).commitsOf(server.url(), Set.of(GitServer.REF)))
                .hasMessageContaining("has none that it takes")
                .hasMessageNotContaining("wrong");
        assertThat(server.authorizations()).hasSize(1);
    }

    @Test
    void credentialsThatAreNotMountedAreNamed() {
        server.before(GitServerAuthorization::asksForIt);

        assertThatThrownBy(() -> reader(credential(true)).commitsOf(server.url(), Set.of(GitServer.REF)))
                .hasMessageContaining("'%s' cannot be read".formatted(folder.resolve("secret/password")));
    }

    @Test
    void credentialsDoNotFollowARedirect() throws Exception {
        server.before(exchange -> {
            if (GitServerAuthorization.asksForIt(exchange)) {
                return true;
            }
            return moves(exchange, "/app.git", other.url());
        });
        secret("bot", "first");

        assertThatThrownBy(() -> reader(credential(true)).commitsOf(server.url(), Set.of(GitServer.REF)))
                .hasMessageContaining("another server");
        assertThat(server.authorizations()).isNotEmpty();
        assertThat(other.requests()).isEmpty();
    }

    @Test
    void aServerThatIsRateLimitingSaysSo() {
        server.before(exchange -> {
            exchange.sendResponseHeaders(429, -1);
            return true;
        });

        assertThatThrownBy(() -> reader().commitsOf(server.url(), Set.of(GitServer.REF)))
                .hasMessageEndingWith("the server is rate-limiting (429)");
    }

    @Test
    void aServerWithoutTheSmartProtocolIsNotRead() {
        server.before(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/plain");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(refLine(1));
            return true;
        });

        assertUnreadable("the server does not speak git's smart HTTP protocol, which is the only one that is read");
    }

    @Test
    void aRepositoryOfSha256IsNotSupported() throws Exception {
        try (var hostile = new HostileGit("object-format=sha256")) {
            var reader = new JGitReader(folder.resolve("mirrors"), SMALL, GitServer.listing(hostile.host()));
            assertThatThrownBy(() -> reader.commitsOf(hostile.url(), Set.of(GitServer.REF)))
                    .isInstanceOf(Unreadable.class)
                    .hasMessage(
                            "its object ids are SHA-256, and repositories of these are not supported; name one of SHA-1, which is git's default");
        }
    }

    @Test
    void anAnswerWithoutEndIsCutOff() {
        server.before(exchange -> {
            advertises(exchange);
            for (var i = 0; i < 99_999; i++) {
                exchange.getResponseBody().write(refLine(i));
            }
            return true;
        });

        assertUnreadable("the server gives more than 1 MiB");
    }

    @Test
    void anAnswerThatUnpacksToMoreThanItIsIsCutOff() {
        server.before(exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            begins(exchange);
            var packed = new ByteArrayOutputStream();
            try (var gzip = new GZIPOutputStream(packed)) {
                gzip.write(SERVICE);
                for (var i = 0; i < 99_999; i++) {
                    gzip.write(refLine(i));
                }
            }
            packed.writeTo(exchange.getResponseBody());
            return true;
        });

        assertUnreadable("the server gives more than 1 MiB");
    }

    @Test
    void anAnswerThatDripsIsCutOff() {
        server.before(exchange -> {
            advertises(exchange);
            for (var i = 0; ; i++) {
                exchange.getResponseBody().write(refLine(i));
                exchange.getResponseBody().flush();
                pause();
            }
        });

        assertThatThrownBy(() -> reader(limits(Duration.ofSeconds(1))).commitsOf(server.url(), Set.of(GitServer.REF)))
                .hasMessage("the server takes longer than 1 s");
    }

    private void assertUnreadable(String message) {
        assertThatThrownBy(() -> reader().commitsOf(server.url(), Set.of(GitServer.REF)))
                .isInstanceOf(Unreadable.class)
                .hasMessage(message);
    }

    private GitReader reader(GitCredential... credentials) {
        return reader(SMALL, credentials);
    }

    private GitReader reader(Limits limits, GitCredential... credentials) {
        var told = new Configuration.Git(60, List.of(server.host(), other.host()), List.of(credentials));
        return new JGitReader(
                folder.resolve("mirrors"), limits, new Servers(() -> told, URI.create("https://10.96.0.1")));
    }

    private GitCredential credential(boolean plainHttp) {
        return new GitCredential(server.host(), folder.resolve("secret").toString(), plainHttp);
    }

    private void secret(String username, String password) throws IOException {
        Files.createDirectories(folder.resolve("secret"));
        Files.writeString(folder.resolve("secret/username"), username);
        Files.writeString(folder.resolve("secret/password"), password);
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean moves(HttpExchange exchange, String from, String to) throws IOException {
        var asked = exchange.getRequestURI().toString();
        if (!asked.startsWith(from)) {
            return false;
        }
        GitServer.redirect(exchange, to + asked.substring(from.length()));
        return true;
    }

    private static void advertises(HttpExchange exchange) throws IOException {
        begins(exchange);
        exchange.getResponseBody().write(SERVICE);
    }

    private static void begins(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/x-git-upload-pack-advertisement");
        exchange.sendResponseHeaders(200, 0);
    }

    private static byte[] refLine(int number) {
        return "003e%040x refs/heads/%05d\n".formatted(1, number).getBytes(StandardCharsets.UTF_8);
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
