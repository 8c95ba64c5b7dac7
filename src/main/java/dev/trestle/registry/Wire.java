package dev.trestle.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import land.oras.ContainerRef;
import land.oras.auth.AuthProvider;
import land.oras.auth.HttpClient;
import land.oras.auth.Scopes;

/**
 * Single requests through ORAS's HTTP client, which fetches tokens and follows redirects. ORAS's models are not used: they parse
 * manifests and write them anew.
 */
final class Wire {

    private static final int CONNECT_SECONDS = 10;
    private static final int LONGEST_ERROR = 4 << 10;
    private static final Map<String, String> BINARY = Map.of("Content-Type", "application/octet-stream");

    private final HttpClient client =
            HttpClient.Builder.builder().withTimeout(CONNECT_SECONDS).build();
    private final Predicate<String> plainHttp;
    private final AuthProvider credentials;

    Wire(Predicate<String> plainHttp, AuthProvider credentials) {
        this.plainHttp = plainHttp;
        this.credentials = credentials;
    }

    /** The URI of {@code rest} below a repository. */
    URI uri(Repository repository, String rest) {
        var scheme = plainHttp.test(repository.host()) ? "http" : "https";
        return URI.create("%s://%s/v2/%s/%s".formatted(scheme, repository.apiHost(), repository.path(), rest));
    }

    Reply head(Repository repository, String rest, String accept) {
        return reply(client.head(uri(repository, rest), Map.of("Accept", accept), scopes(repository), credentials));
    }

    /**
     * A body of at most {@code limit} bytes.
     *
     * @throws TooLong when it is longer
     */
    Reply get(Repository repository, String rest, String accept, int limit) throws IOException {
        var response =
                client.download(uri(repository, rest), Map.of("Accept", accept), scopes(repository), credentials);
        var longest = response.statusCode() == 200 ? limit : LONGEST_ERROR;
        try (var body = response.response()) {
            var bytes = body.readNBytes(longest);
            if (response.statusCode() == 200 && body.read() >= 0) {
                throw new TooLong(limit);
            }
            return new Reply(response.statusCode(), response.headers(), bytes);
        }
    }

    /** A body as a stream, which the caller closes. */
    InputStream open(Repository repository, String rest) {
        var response = client.download(uri(repository, rest), Map.of(), scopes(repository), credentials);
        if (response.statusCode() != 200) {
            throw new UncheckedIOException(
                    new IOException("'%s' answers HTTP %d".formatted(repository, response.statusCode())));
        }
        return response.response();
    }

    Reply post(Repository repository, String rest) {
        return reply(client.post(uri(repository, rest), new byte[0], BINARY, scopes(repository), credentials));
    }

    Reply put(Repository repository, String rest, String mediaType, byte[] content) {
        var type = Map.of("Content-Type", mediaType);
        return reply(client.put(uri(repository, rest), content, type, scopes(repository), credentials));
    }

    /** Sends {@code size} bytes of a stream to where an upload was begun. */
    Reply upload(Repository repository, URI where, long size, Supplier<InputStream> content) {
        return reply(client.upload(where, size, BINARY, content, scopes(repository), credentials));
    }

    private static Scopes scopes(Repository repository) {
        return Scopes.of(ContainerRef.parse(repository.toString()));
    }

    private static Reply reply(HttpClient.ResponseWrapper<String> response) {
        return new Reply(
                response.statusCode(), response.headers(), response.response().getBytes(StandardCharsets.UTF_8));
    }

    /** The answer is longer than this reads. */
    static final class TooLong extends IOException {

        TooLong(int limit) {
            super("the answer is longer than %d bytes".formatted(limit));
        }
    }
}
