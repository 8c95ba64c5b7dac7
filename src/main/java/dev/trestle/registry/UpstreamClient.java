package dev.trestle.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.trestle.core.merge.Digest;
import dev.trestle.core.merge.MediaTypes;
import dev.trestle.outward.Guard;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads which digest a tag has, for the operator: registries that tenants name, so none of them is trusted. The
 * client of merges is not used here, for that one trusts the registries it is given.
 *
 * <p>A token goes to the registry that has named its realm, and to no other. Credentials go to the registry that they are for, and to
 * the realm that this one names over TLS, as the distribution specification has it.
 */
public final class UpstreamClient implements Digests {
    private static final String ANY_IMAGE = String.join(", ", MediaTypes.ANY_IMAGE);
    private static final int LONGEST_TOKEN = 64 << 10;
    private static final int LONGEST_ERROR = 4 << 10;
    private static final JsonMapper JSON = new JsonMapper();

    private final GuardedHttp http;
    private final Predicate<String> plainHttp;
    private final Supplier<? extends Credentials> credentials;
    private final Requests requests;

    /**
     * @param guard decides which hosts are asked
     * @param plainHttp which hosts, with their port, are asked without TLS
     * @param credentials read at each look
     */
    public UpstreamClient(
            Guard guard, Predicate<String> plainHttp, Supplier<? extends Credentials> credentials, Retry retry) {
        this.http = new GuardedHttp(guard);
        this.plainHttp = plainHttp;
        this.credentials = credentials;
        this.requests = new Requests(retry);
    }

    @Override
    public Optional<Digest> digestOf(Repository repository, String reference) {
        var doing = Doing.pull(repository, "manifest " + reference);
        var head = requests.send(doing, () -> ask("HEAD", repository, reference));
        if (!head.found()) {
            return Optional.empty();
        }
        return head.header("docker-content-digest").map(Digest::new).or(() -> read(doing, repository, reference));
    }

    private Optional<Digest> read(Doing doing, Repository repository, String reference) {
        var reply = requests.send(doing, () -> ask("GET", repository, reference));
        return reply.found() ? Optional.of(Digest.of(reply.body())) : Optional.empty();
    }

    private Reply ask(String method, Repository repository, String reference) throws IOException, InterruptedException {
        var scheme = plainHttp.test(repository.host()) ? "http" : "https";
        var uri = URI.create(
                "%s://%s/v2/%s/manifests/%s".formatted(scheme, repository.apiHost(), repository.path(), reference));
        var headers = new HashMap<>(Map.of("Accept", ANY_IMAGE));
        var answer = http.ask(method, uri, uri, headers, limit(method));
        if (answer.status() == 401) {
            var authorization = authorization(uri, repository, answer.all("www-authenticate"));
            if (authorization.isPresent()) {
                headers.put("Authorization", authorization.get());
                answer = http.ask(method, uri, uri, headers, limit(method));
            }
        }
        if (answer.isCut() && answer.status() == 200) {
            throw new Wire.TooLong(ImageRegistry.MANIFEST_LIMIT);
        }
        return answer.reply();
    }

    private static int limit(String method) {
        return method.equals("HEAD") ? LONGEST_ERROR : ImageRegistry.MANIFEST_LIMIT;
    }

    private Optional<String> authorization(URI registry, Repository repository, List<String> challenges)
            throws IOException, InterruptedException {
        var basic = credentials.get().of(repository).flatMap(UpstreamClient::basic);
        var bearer = challenge("bearer", challenges);
        if (bearer.isPresent()) {
            var scope = "repository:%s:pull".formatted(repository.path());
            return token(registry, bearer.get(), scope, basic).map(token -> "Bearer " + token);
        }
        return challenge("basic", challenges).flatMap(_ -> basic);
    }

    private static Optional<Challenge> challenge(String scheme, List<String> headers) {
        return Challenge.of(headers).stream()
                .filter(challenge -> challenge.scheme().equals(scheme))
                .findFirst();
    }

    /** The operator itself logs in by name and password alone. */
    private static Optional<String> basic(Credential credential) {
        return switch (credential) {
            case Credential.Password(var encoded) -> Optional.of("Basic " + encoded);
            case Credential.IdentityToken _, Credential.AccessToken _ -> Optional.empty();
        };
    }

    /** @return empty when the realm denies it, as the registry did */
    private Optional<String> token(URI registry, Challenge challenge, String scope, Optional<String> basic)
            throws IOException, InterruptedException {
        var realm = realm(challenge);
        var headers = basic.map(value -> Map.of("Authorization", value)).orElseGet(Map::of);
        var answer = http.ask(
                "GET", withQuery(realm, challenge.parameter("service"), scope), registry, headers, LONGEST_TOKEN);
        if (answer.status() == 401 || answer.status() == 403) {
            return Optional.empty();
        }
        if (answer.isCut()) {
            throw new IOException(
                    "no token from '%s': its answer is longer than %d bytes".formatted(realm.getHost(), LONGEST_TOKEN));
        }
        if (answer.status() != 200) {
            throw new IOException("no token from '%s': HTTP %d".formatted(realm.getHost(), answer.status()));
        }
        return Optional.of(tokenIn(answer.body(), realm));
    }

    private static URI withQuery(URI realm, Optional<String> service, String scope) {
        var query = Stream.of(
                        Optional.ofNullable(realm.getRawQuery()),
                        service.map(name -> "service=" + encoded(name)),
                        Optional.of("scope=" + encoded(scope)))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("&"));
        return URI.create(
                "%s://%s%s?%s".formatted(realm.getScheme(), realm.getRawAuthority(), realm.getRawPath(), query));
    }

    private static URI realm(Challenge challenge) throws IOException {
        try {
            var realm = URI.create(challenge.parameter("realm").orElse(""));
            if (realm.getHost() != null && realm.getUserInfo() == null) {
                return realm;
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("it asks for a token of a realm that is not a URL", e);
        }
        throw new IOException("it asks for a token of a realm that is not a URL");
    }

    private static String tokenIn(byte[] body, URI realm) throws IOException {
        try {
            var answer = JSON.readTree(body);
            var token = answer.path("token").asText(answer.path("access_token").asText(""));
            if (!token.isEmpty() && token.chars().allMatch(letter -> letter > ' ' && letter < 0x7f)) {
                return token;
            }
        } catch (JsonProcessingException e) {
            throw new IOException("no token from '%s': its answer is not JSON".formatted(realm.getHost()), e);
        }
        throw new IOException("no token from '%s': its answer holds none".formatted(realm.getHost()));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
