package dev.trestle.registry;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The {@code Authorization} headers for registries. A header is kept for its registry and scope alone, and sent nowhere else; one that
 * has expired is noticed by the registry's next 401.
 *
 * <p>Own code, since ORAS Java 0.7.0 reads a challenge by one fixed pattern and refuses the other forms of RFC 9110, has no identity tokens
 * and reads tokens without a limit (no upstream issue yet). The rules are those of the legs' client, BuildKit.
 *
 * @see <a href="https://distribution.github.io/distribution/spec/auth/token/">how registries give tokens</a>
 */
final class Tokens {

    /** Bytes of a token server's answer; the largest in use are of some 10 KiB. */
    static final int LONGEST_ANSWER = 64 << 10;

    private static final JsonMapper JSON = new JsonMapper();

    private final Credentials credentials;
    private final Hops hops;
    private final Map<String, String> headers = new ConcurrentHashMap<>();

    Tokens(Credentials credentials, Hops hops) {
        this.credentials = credentials;
        this.hops = hops;
    }

    /** The header that the registry has taken before; empty at first. */
    Optional<String> known(Scope scope) {
        return Optional.ofNullable(headers.get(key(scope)));
    }

    /**
     * The header that answers a 401.
     *
     * @param registry the address that has answered 401
     * @param asked the values of {@code WWW-Authenticate}
     * @return empty when no challenge can be answered with the credentials that there are
     * @throws TokenRefused when the token server gives no token
     */
    Optional<String> answering(Scope scope, URI registry, List<String> asked) throws IOException, InterruptedException {
        var credential = credentials.of(scope.repository());
        var challenges = Challenge.of(asked);
        var bearer = challenges.stream()
                .filter(one ->
                        one.scheme().equals("bearer") && one.parameter("realm").isPresent())
                .findFirst();
        var header = bearer.isPresent()
                ? Optional.of("Bearer " + token(scope, registry, bearer.get(), credential))
                : challenges.stream()
                        .filter(one -> one.scheme().equals("basic"))
                        .findFirst()
                        .flatMap(_ -> credential.flatMap(Tokens::basic));
        header.ifPresent(value -> headers.put(key(scope), value));
        return header;
    }

    private static Optional<String> basic(Credential credential) {
        return switch (credential) {
            case Credential.Password password -> Optional.of("Basic " + password.encoded());
            case Credential.IdentityToken _, Credential.AccessToken _ -> Optional.empty();
        };
    }

    private static String key(Scope scope) {
        return scope.repository().host() + " " + String.join(" ", scope.names());
    }

    private String token(Scope scope, URI registry, Challenge challenge, Optional<Credential> credential)
            throws IOException, InterruptedException {
        var realm = realm(challenge);
        // a registry behind a proxy may know the repository by another name: its own scope is asked for too
        var scopes = new LinkedHashSet<>(scope.names());
        challenge.parameter("scope").map(String::strip).ifPresent(scopes::add);
        var service = challenge.parameter("service");
        if (credential.isEmpty()) {
            return read(realm, hops.get(asking(realm, service, scopes), registry, Optional.empty(), LONGEST_ANSWER));
        }
        return switch (credential.get()) {
            case Credential.AccessToken access -> access.value();
            case Credential.IdentityToken identity ->
                read(realm, hops.post(realm, registry, exchange(identity, service, scopes), LONGEST_ANSWER));
            case Credential.Password password ->
                read(realm, hops.get(asking(realm, service, scopes), registry, basic(password), LONGEST_ANSWER));
        };
    }

    private static URI realm(Challenge challenge) throws IOException {
        var written = challenge.parameter("realm").orElseThrow();
        try {
            var realm = URI.create(written.strip());
            if (Hops.isHttp(realm)) {
                return realm;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new TokenRefused(written, "is not a valid http or https address");
    }

    private static URI asking(URI realm, Optional<String> service, Iterable<String> scopes) {
        var query = new StringBuilder(realm.getRawQuery() == null ? "?" : "&");
        service.ifPresent(name -> query.append("service=").append(encoded(name)).append('&'));
        scopes.forEach(scope -> query.append("scope=").append(encoded(scope)).append('&'));
        query.setLength(query.length() - 1);
        var written = realm.toString();
        var fragment = written.indexOf('#');
        return URI.create((fragment < 0 ? written : written.substring(0, fragment)) + query);
    }

    private static String exchange(Credential.IdentityToken identity, Optional<String> service, Set<String> scopes) {
        return Stream.of(
                        Optional.of("grant_type=refresh_token&client_id=trestle"),
                        service.map(name -> "service=" + encoded(name)),
                        Optional.of("scope=" + encoded(String.join(" ", scopes))),
                        Optional.of("refresh_token=" + encoded(identity.value())))
                .flatMap(Optional::stream)
                .reduce((one, next) -> one + "&" + next)
                .orElseThrow();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String read(URI realm, Reply reply) throws IOException {
        if (reply.status() != 200) {
            throw new TokenRefused(realm.getAuthority(), reply);
        }
        try {
            var answer = JSON.readTree(reply.body());
            var named = answer.path("token").asText();
            var token = named.isEmpty() ? answer.path("access_token").asText() : named;
            if (!token.isEmpty() && token.chars().allMatch(c -> c > ' ' && c < 127)) {
                return token;
            }
        } catch (IOException e) {
            // reported below, without text that may be a secret
        }
        throw new TokenRefused(realm.getAuthority(), "answers without a token");
    }
}
