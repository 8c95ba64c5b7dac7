package dev.trestle.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import dev.trestle.core.merge.Digest;
import dev.trestle.core.merge.FailureClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How merges and 'inspect' log in, against registries that are played. */
class RegistryLoginTest {
    private static final Credential PASSWORD = new Credential.Password("dTpw");
    private static final byte[] BLOB = "a layer".getBytes(UTF_8);
    private static final Digest DIGEST = Digest.of(BLOB);

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private String tokenAnswer = "{\"token\":\"the-token\"}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer realm=\"REALM\",service=\"svc\",scope=\"repository:acme/app:pull\"",
                "Bearer realm=\"REALM\",service=\"svc\"",
                "Bearer realm=\"REALM\"",
                "Bearer realm=\"REALM\",service=\"\"",
                "Bearer realm=\"REALM?account=a\",service=\"svc\"",
                "Bearer scope=\"repository:acme/app:pull\" , service = \"svc\", realm = \"REALM\"",
                "bearer realm=\"REALM\",service=\"svc\",error=\"invalid_token\"",
                "Basic realm=\"x\"|Bearer realm=\"REALM\"",
                "Bearer realm=\"REALM\"|Basic realm=\"x\"",
                "Negotiate|Bearer realm=\"REALM\"",
                "Negotiate, Bearer realm=\"REALM\", Basic realm=\"x\""
            })
    void everyFormOfABearerChallengeIsAnswered(String challenges) throws IOException {
        try (var front = asking(challenges)) {
            assertThat(blob(front, PASSWORD)).hasValue(BLOB);
            assertThat(seen)
                    .anyMatch(line -> line.startsWith("GET /token Basic dTpw")
                            && line.contains("scope=repository%3Aacme%2Fapp%3Apull"));
        }
    }

    @Test
    void aRegistryThatAsksForAPasswordAloneGetsIt() throws IOException {
        try (var front = asking("Basic realm=\"x\"")) {
            assertThat(blob(front, PASSWORD)).hasValue(BLOB);
        }
    }

    @Test
    void withoutCredentialsATokenIsAskedForByNameless() throws IOException {
        try (var front = asking("Bearer realm=\"REALM\"")) {
            assertThat(client(front, null).blob(repository(front), DIGEST, 100)).hasValue(BLOB);
            assertThat(seen).anyMatch(line -> line.startsWith("GET /token null"));
        }
    }

    @Test
    void anIdentityTokenIsExchanged() throws IOException {
        tokenAnswer = "{\"access_token\":\"the-token\"}";
        try (var front = asking("Bearer realm=\"REALM\",service=\"svc\"")) {
            assertThat(blob(front, new Credential.IdentityToken("ey.J"))).hasValue(BLOB);
            assertThat(seen)
                    .contains("POST /token null grant_type=refresh_token&client_id=trestle&service=svc"
                            + "&scope=repository%3Aacme%2Fapp%3Apull&refresh_token=ey.J");
        }
    }

    @Test
    void anAccessTokenIsSentAsItIs() throws IOException {
        try (var front = asking("Bearer realm=\"REALM\"")) {
            assertThat(blob(front, new Credential.AccessToken("the-token"))).hasValue(BLOB);
            assertThat(seen).noneMatch(line -> line.contains("/token"));
        }
    }

    @Test
    void aTokenServersWordsAreShown() throws IOException {
        try (var front = new RegistryFront("nobody", request -> {
            var isToken = request.getRequestURI().getPath().equals("/token");
            request.getResponseHeaders()
                    .set("WWW-Authenticate", "Bearer realm=\"http://%s/token\"".formatted(host(request)));
            return RegistryFront.answer(request, 401, isToken ? "the token \u001b[31mhas expired" : "");
        })) {
            var failure = failure(front);

            assertThat(failure.failure()).isEqualTo(FailureClass.Denied);
            assertThat(failure)
                    .hasMessageContaining(
                            "the token server '%s' answers HTTP 401, 'the token \\u001b[31mhas expired'", front.host());
        }
    }

    @Test
    void aTokenServersAnswerIsReadUpToItsLimit() throws IOException {
        var rest = "{\"token\":\"the-token\",\"x\":\"\"}".length();
        tokenAnswer = "{\"token\":\"the-token\",\"x\":\"%s\"}".formatted("a".repeat(Tokens.LONGEST_ANSWER - rest));
        try (var front = asking("Bearer realm=\"REALM\"")) {
            assertThat(blob(front, PASSWORD)).hasValue(BLOB);
        }
        tokenAnswer += " ";
        try (var front = asking("Bearer realm=\"REALM\"")) {
            assertThat(failure(front)).hasMessageContaining("longer than %d bytes", Tokens.LONGEST_ANSWER);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "not json", "{\"token\":\"line\\nbreak\"}", "[]", "{\"token\":\"\"}"})
    void anAnswerWithoutATokenIsSaid(String answer) throws IOException {
        tokenAnswer = answer;
        try (var front = asking("Bearer realm=\"REALM\"")) {
            assertThat(failure(front)).hasMessageContaining("answers without a token");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://host/x", "file:///etc/passwd", "nothing", "http://[", "http:///path"})
    void aRealmThatIsNoAddressIsSaid(String realm) throws IOException {
        try (var front = asking("Bearer realm=\"" + realm + "\"")) {
            assertThat(failure(front)).hasMessageContaining("is not a valid http or https address");
        }
    }

    @Test
    void aTokenNeverLeavesToAnotherHost() throws IOException {
        try (var store = new RegistryFront("nobody", request -> {
                    seen.add("store " + request.getRequestHeaders().getFirst("Authorization"));
                    return RegistryFront.answer(request, 200, new String(BLOB, UTF_8));
                });
                var front = new RegistryFront("nobody", request -> {
                    var authorization = request.getRequestHeaders().getFirst("Authorization");
                    if (authorization == null) {
                        request.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"x\"");
                        return RegistryFront.answer(request, 401);
                    }
                    request.getResponseHeaders().set("Location", "http://" + store.host() + "/blob");
                    return RegistryFront.answer(request, 307);
                })) {
            assertThat(blob(front, PASSWORD)).hasValue(BLOB);
            assertThat(seen).containsExactly("store null");
        }
    }

    @Test
    void whatAnotherHostAsksForIsNotAnswered() throws IOException {
        try (var store = new RegistryFront("nobody", request -> {
                    seen.add("store " + request.getRequestHeaders().getFirst("Authorization"));
                    request.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"x\"");
                    return RegistryFront.answer(request, 401);
                });
                var front = new RegistryFront("nobody", request -> {
                    request.getResponseHeaders().set("Location", "http://" + store.host() + "/blob");
                    return RegistryFront.answer(request, 302);
                })) {
            assertThat(failure(front).failure()).isEqualTo(FailureClass.Denied);
            assertThat(seen).containsOnly("store null");
        }
    }

    @Test
    void redirectsEnd() throws IOException {
        try (var front = new RegistryFront("nobody", request -> {
            request.getResponseHeaders().set("Location", "/v2/again");
            return RegistryFront.answer(request, 302);
        })) {
            assertThat(failure(front)).hasMessageContaining("it redirects more than 5 times");
        }
    }

    @Test
    void redirectsLeadToNoOtherScheme() throws IOException {
        try (var front = new RegistryFront("nobody", request -> {
            request.getResponseHeaders().set("Location", "file:///etc/passwd");
            return RegistryFront.answer(request, 302);
        })) {
            assertThat(failure(front)).hasMessageContaining("it redirects to");
        }
    }

    private Optional<byte[]> blob(RegistryFront front, Credential credential) {
        return client(front, credential).blob(repository(front), DIGEST, 100);
    }

    private static RegistryFailure failure(RegistryFront front) {
        return catchThrowableOfType(
                RegistryFailure.class, () -> client(front, PASSWORD).blob(repository(front), DIGEST, 100));
    }

    private static ImageRegistry client(RegistryFront front, @Nullable Credential credential) {
        return new HttpImageRegistry(
                Set.of(front.host()), _ -> Optional.ofNullable(credential), new Retry(Backoff.ONCE, _ -> {}, () -> 1));
    }

    private static Repository repository(RegistryFront front) {
        return Repository.parse(front.host() + "/acme/app");
    }

    private static String host(HttpExchange request) {
        return request.getRequestHeaders().getFirst("Host");
    }

    /** A registry that asks so for credentials, and its token server; REALM is the token server's address, '|' divides headers. */
    private RegistryFront asking(String challenges) throws IOException {
        return new RegistryFront("nobody", request -> {
            var authorization = String.valueOf(request.getRequestHeaders().getFirst("Authorization"));
            var uri = request.getRequestURI();
            if (uri.getPath().equals("/token")) {
                seen.add("%s /token %s %s".formatted(request.getRequestMethod(), authorization, asked(request)));
                return RegistryFront.answer(request, 200, tokenAnswer);
            }
            if (authorization.equals("Bearer the-token")
                    || (authorization.equals("Basic dTpw")
                            && challenges.startsWith("Basic realm=\"x\"")
                            && !challenges.contains("|"))) {
                return RegistryFront.answer(request, 200, new String(BLOB, UTF_8));
            }
            List.of(challenges
                            .replace("REALM", "http://" + host(request) + "/token")
                            .split("\\|"))
                    .forEach(value -> request.getResponseHeaders().add("WWW-Authenticate", value));
            return RegistryFront.answer(request, 401);
        });
    }

    private static String asked(HttpExchange request) {
        try {
            var query = request.getRequestURI().getRawQuery();
            return query == null ? new String(request.getRequestBody().readAllBytes(), UTF_8) : query;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
