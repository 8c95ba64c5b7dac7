package dev.trestle.registry;

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
 * Sends requests and follows redirects one hop at a time: credentials go to the host that they are for and to no other, and no hop leads
 * from https to http.
 */
final class Hops {

    /** Registries redirect a blob once or twice. */
    static final int MOST = 5;

    private static final int CONNECT_SECONDS = 10;
    private static final int LONGEST_ERROR = 4 << 10;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    /** HTTP/2 is of no use to few requests, and over plain http some registries stumble over the offer of it. */
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(CONNECT_SECONDS))
            .build();

    /**
     * A request, which may be sent more than once.
     *
     * @param body makes a new body each time
     */
    record Ask(String method, URI uri, Map<String, String> headers, Supplier<BodyPublisher> body) {

        static Ask of(String method, URI uri, Map<String, String> headers) {
            return new Ask(method, uri, headers, BodyPublishers::noBody);
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

    Reply get(URI uri, Optional<String> authorization, int limit) throws IOException, InterruptedException {
        return reply(send(Ask.of("GET", uri, Map.of()), authorization), limit);
    }

    /** Posts a form. */
    Reply post(URI uri, String form, int limit) throws IOException, InterruptedException {
        var headers = Map.of("Content-Type", "application/x-www-form-urlencoded");
        return reply(send(new Ask("POST", uri, headers, () -> BodyPublishers.ofString(form)), Optional.empty()), limit);
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

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }
}
