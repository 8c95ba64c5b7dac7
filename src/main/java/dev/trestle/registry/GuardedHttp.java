package dev.trestle.registry;

import dev.trestle.outward.Guard;
import dev.trestle.outward.Refused;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Requests to hosts that a tenant or a server has named, each checked by the {@link Guard}, with bounded answers. A redirect is a request as
 * any other: it is checked, and what was sent to authenticate stays behind when it leads to another server.
 */
final class GuardedHttp {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final int MOST_REDIRECTS = 3;

    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();
    private final Guard guard;

    GuardedHttp(Guard guard) {
        this.guard = guard;
    }

    /** An answer, of which only so much was read. */
    static final class Answer {
        private final int status;
        private final Map<String, List<String>> headers;
        private final byte[] body;
        private final boolean cut;

        private Answer(int status, Map<String, List<String>> headers, byte[] body, boolean cut) {
            this.status = status;
            this.headers = headers;
            this.body = body;
            this.cut = cut;
        }

        int status() {
            return status;
        }

        byte[] body() {
            return body;
        }

        /** Whether there was more. */
        boolean isCut() {
            return cut;
        }

        List<String> all(String header) {
            return headers.getOrDefault(header, List.of());
        }

        Optional<String> first(String header) {
            return all(header).stream().findFirst();
        }

        Reply reply() {
            var single = new HashMap<String, String>();
            headers.forEach((name, values) -> single.put(name, values.getFirst()));
            return new Reply(status, single, body);
        }
    }

    /**
     * Asks, and follows redirects.
     *
     * @param method {@code HEAD} or {@code GET}
     * @param by the host that has named {@code uri}: what is not public may be named by the administrator's hosts alone
     * @param limit of the body, in bytes
     * @throws Refused when the host, or one that it redirects to, is not to be asked
     */
    Answer ask(String method, URI uri, URI by, Map<String, String> headers, int limit)
            throws IOException, InterruptedException {
        var next = uri;
        for (var redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            check(next, by);
            var answer = once(method, next, isSameServer(uri, next) ? headers : withoutSecrets(headers), limit);
            var location = answer.first("location");
            if (!isRedirect(answer.status()) || location.isEmpty()) {
                return answer;
            }
            next = resolve(next, location.get());
        }
        throw new IOException("it redirects more than %d times".formatted(MOST_REDIRECTS));
    }

    private Answer once(String method, URI uri, Map<String, String> headers, int limit)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(ANSWER);
        headers.forEach(request::header);
        var response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (var body = response.body()) {
            var bytes = body.readNBytes(limit);
            var cut = bytes.length == limit && body.read() >= 0;
            return new Answer(response.statusCode(), response.headers().map(), bytes, cut);
        }
    }

    /** From TLS nothing leads to plain text, and from a public host nothing to one that is not. */
    private void check(URI uri, URI by) throws IOException {
        var isHttp = "http".equals(uri.getScheme());
        if (uri.getHost() == null || !(isHttp || "https".equals(uri.getScheme()))) {
            throw new IOException("it names an address that is not an http URL");
        }
        if (isHttp && !"http".equals(by.getScheme())) {
            throw new IOException("it names '%s' without TLS".formatted(uri.getHost()));
        }
        var proxied = isProxied(uri);
        if (isSameServer(uri, by) || guard.isNamed(by.getHost(), portOf(by))) {
            guard.check(uri.getHost(), portOf(uri), proxied);
        } else {
            guard.checkPublic(uri.getHost(), proxied);
        }
    }

    /** The client asks the JVM's own selector too. */
    private static boolean isProxied(URI uri) {
        return Stream.ofNullable(ProxySelector.getDefault())
                .flatMap(selector -> selector.select(uri).stream())
                .findFirst()
                .filter(proxy -> proxy.type() != Proxy.Type.DIRECT)
                .isPresent();
    }

    private static URI resolve(URI from, String location) throws IOException {
        try {
            return from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new IOException("it redirects to an address that is not a URL", e);
        }
    }

    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    private static Map<String, String> withoutSecrets(Map<String, String> headers) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equals("Accept"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    static boolean isSameServer(URI one, URI other) {
        return one.getScheme().equals(other.getScheme())
                && one.getHost().equalsIgnoreCase(other.getHost())
                && portOf(one) == portOf(other);
    }

    private static int portOf(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equals("http") ? 80 : 443;
    }
}
