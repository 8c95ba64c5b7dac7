package dev.trestle.registry;

import dev.trestle.core.Hash;
import dev.trestle.core.merge.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Sends requests and follows redirects one hop at a time: credentials go to the host that they are for and to no other, and no redirect
 * leads from https to http.
 */
final class Hops {

    /** Registries redirect a blob once or twice. */
    static final int MOST = 5;

    private static final int CONNECT_SECONDS = 10;
    private static final int LONGEST_ERROR = 4 << 10;
    /** The registry's content type, in lower case. */
    static final String DIGEST = "docker-content-digest";

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final Route route;

    /** HTTP/2 is of no use to few requests, and over plain http some registries stumble over the offer of it. */
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(CONNECT_SECONDS))
            .build();

    /** @param route decides which addresses are asked */
    Hops(Route route) {
        this.route = route;
    }

    /** Which addresses are asked. */
    @FunctionalInterface
    interface Route {
        /** Of a program that trusts the registries that it is given. */
        Route ANY = (_, _) -> {};

        /**
         * Refuses an address before anything is sent to it.
         *
         * @param by the address whose server has named {@code next}, by a redirect or as its token server; the same when a user has
         */
        void check(URI next, URI by) throws IOException;
    }

    /**
     * A request, which may be sent more than once.
     *
     * @param by see {@link Route}
     * @param body makes a new body each time
     */
    record Ask(String method, URI uri, URI by, Map<String, String> headers, Supplier<BodyPublisher> body) {

        static Ask of(String method, URI uri, Map<String, String> headers) {
            return of(method, uri, headers, BodyPublishers::noBody);
        }

        static Ask of(String method, URI uri, Map<String, String> headers, Supplier<BodyPublisher> body) {
            return new Ask(method, uri, uri, headers, body);
        }

        Ask namedBy(URI server) {
            return new Ask(method, uri, server, headers, body);
        }

        private HttpRequest to(URI hop, Optional<String> authorization) {
            var request = HttpRequest.newBuilder(hop).method(method, body.get()).header("User-Agent", "trestle");
            headers.forEach(request::header);
            authorization.filter(_ -> sameOrigin(uri, hop)).ifPresent(value -> request.header("Authorization", value));
            return request.build();
        }

        private boolean isRead() {
            return method.equals("GET") || method.equals("HEAD");
        }
    }

    /** The last answer; the caller closes its body. */
    HttpResponse<InputStream> send(Ask ask, Optional<String> authorization) throws IOException, InterruptedException {
        var at = ask.uri();
        for (var hop = 0; ; hop++) {
            route.check(at, ask.by());
            var response = client.send(ask.to(at, authorization), BodyHandlers.ofInputStream());
            var location = response.headers().firstValue("location");
            var follows = response.statusCode() >= 307 || ask.isRead();
            if (!REDIRECTS.contains(response.statusCode()) || location.isEmpty() || !follows) {
                return response;
            }
            response.body().close();
            if (hop == MOST) {
                throw new IOException("it redirects more than %d times".formatted(MOST));
            }
            at = next(at, location.get());
        }
    }

    /** Gets a token, of a server that {@code registry} has named. */
    Reply get(URI uri, URI registry, Optional<String> authorization, int limit)
            throws IOException, InterruptedException {
        return reply(send(Ask.of("GET", uri, Map.of()).namedBy(registry), authorization), limit);
    }

    /** Posts a form for a token, to a server that {@code registry} has named. */
    Reply post(URI uri, URI registry, String form, int limit) throws IOException, InterruptedException {
        var headers = Map.of("Content-Type", "application/x-www-form-urlencoded");
        var ask = Ask.of("POST", uri, headers, () -> BodyPublishers.ofString(form))
                .namedBy(registry);
        return reply(send(ask, Optional.empty()), limit);
    }

    /**
     * The answer with its body, of at most {@code limit} bytes when it is one that was asked for; of an error, the begin.
     *
     * @throws Wire.TooLong when it is longer
     */
    static Reply reply(HttpResponse<InputStream> response, int limit) throws IOException {
        var good = response.statusCode() == 200;
        try (var body = response.body()) {
            var bytes = body.readNBytes(good ? limit : LONGEST_ERROR);
            if (good && body.read() >= 0) {
                throw new Wire.TooLong(limit);
            }
            return new Reply(response.statusCode(), headers(response), bytes);
        }
    }

    /**
     * The answer without its body. A header has the digest of the body, as registries give it; this program keeps nothing of the body.
     *
     * @throws Wire.TooLong when the body is longer than {@code limit}
     */
    static Reply digested(HttpResponse<InputStream> response, int limit) throws IOException {
        if (response.statusCode() != 200) {
            return reply(response, limit);
        }
        try (var body = response.body()) {
            var headers = headers(response);
            headers.put(DIGEST, digest(body, limit).value());
            return new Reply(200, headers, new byte[0]);
        }
    }

    private static Digest digest(InputStream body, int limit) throws IOException {
        var sha256 = Hash.sha256();
        var part = new byte[8 << 10];
        var left = limit;
        for (var read = body.read(part); read >= 0; read = body.read(part)) {
            left -= read;
            if (left < 0) {
                throw new Wire.TooLong(limit);
            }
            sha256.update(part, 0, read);
        }
        return Digest.of(sha256);
    }

    static boolean isHttp(URI uri) {
        var scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        return (scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null;
    }

    private static Map<String, String> headers(HttpResponse<?> response) {
        var headers = new HashMap<String, String>();
        response.headers()
                .map()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        return headers;
    }

    private static URI next(URI at, String location) throws IOException {
        URI next;
        try {
            next = at.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new IOException("it redirects to what is not a valid address", e);
        }
        if (!isHttp(next)
                || ("https".equalsIgnoreCase(at.getScheme()) && !"https".equalsIgnoreCase(next.getScheme()))) {
            throw new IOException("it redirects to '%s', which is not https".formatted(next.getAuthority()));
        }
        return next;
    }

    static boolean sameOrigin(URI one, URI other) {
        return one.getScheme().equalsIgnoreCase(other.getScheme())
                && one.getHost().equalsIgnoreCase(other.getHost())
                && port(one) == port(other);
    }

    static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }
}
