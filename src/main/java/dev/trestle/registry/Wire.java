package dev.trestle.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Single requests to registries, with the token that each asks for. Bodies are bytes, since a manifest that is parsed and written again is another. */
final class Wire {

    private static final Map<String, String> BINARY = Map.of("Content-Type", "application/octet-stream");

    private final Hops hops;
    private final Predicate<String> plainHttp;
    private final Tokens tokens;

    Wire(Predicate<String> plainHttp, Credentials credentials, Hops hops) {
        this.hops = hops;
        this.plainHttp = plainHttp;
        this.tokens = new Tokens(credentials, hops);
    }

    /** The URI of {@code rest} below a repository. */
    URI uri(Repository repository, String rest) {
        var scheme = plainHttp.test(repository.host()) ? "http" : "https";
        return URI.create("%s://%s/v2/%s/%s".formatted(scheme, repository.apiHost(), repository.path(), rest));
    }

    Reply head(Repository repository, String rest, String accept) throws IOException {
        var ask = Hops.Ask.of("HEAD", uri(repository, rest), Map.of("Accept", accept));
        return Hops.reply(send(Scope.pull(repository), ask), 0);
    }

    /**
     * A body of at most {@code limit} bytes.
     *
     * @throws TooLong when it is longer
     */
    Reply get(Repository repository, String rest, String accept, int limit) throws IOException {
        var ask = Hops.Ask.of("GET", uri(repository, rest), Map.of("Accept", accept));
        return Hops.reply(send(Scope.pull(repository), ask), limit);
    }

    /**
     * The answer with the digest of its body of at most {@code limit} bytes, which is read and not kept.
     *
     * @throws TooLong when it is longer
     */
    Reply digest(Repository repository, String rest, String accept, int limit) throws IOException {
        var ask = Hops.Ask.of("GET", uri(repository, rest), Map.of("Accept", accept));
        return Hops.digested(send(Scope.pull(repository), ask), limit);
    }

    /** A body as a stream, which the caller closes. */
    InputStream open(Repository repository, String rest) {
        try {
            var response = send(Scope.pull(repository), Hops.Ask.of("GET", uri(repository, rest), Map.of()));
            if (response.statusCode() == 200) {
                return response.body();
            }
            response.body().close();
            throw new IOException("'%s' answers HTTP %d".formatted(repository, response.statusCode()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Reply post(Repository repository, String rest) throws IOException {
        return post(Scope.push(repository), rest);
    }

    /** Begins an upload that may be a blob of another repository of the same registry. */
    Reply mount(Repository repository, String from, String rest) throws IOException {
        return post(Scope.push(repository).andPullOf(from), rest);
    }

    private Reply post(Scope scope, String rest) throws IOException {
        var ask = Hops.Ask.of(
                "POST", uri(scope.repository(), rest), BINARY, () -> BodyPublishers.ofByteArray(new byte[0]));
        return answer(scope, ask);
    }

    Reply put(Repository repository, String rest, String mediaType, byte[] content) throws IOException {
        var type = Map.of("Content-Type", mediaType);
        return answer(
                Scope.push(repository),
                Hops.Ask.of("PUT", uri(repository, rest), type, () -> BodyPublishers.ofByteArray(content)));
    }

    /** Sends {@code size} bytes of a stream to where an upload was begun; without credentials when that is another host. */
    Reply upload(Repository repository, URI where, long size, Supplier<InputStream> content) throws IOException {
        Supplier<BodyPublisher> body = () -> size == 0
                ? BodyPublishers.ofByteArray(new byte[0])
                : BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(content), size);
        return answer(
                Scope.push(repository), Hops.Ask.of("PUT", where, BINARY, body).namedBy(uri(repository, "")));
    }

    private Reply answer(Scope scope, Hops.Ask ask) throws IOException {
        return Hops.reply(send(scope, ask), 64 << 10);
    }

    /** A 401 is answered once; a challenge of a host that was redirected to is not. */
    private HttpResponse<InputStream> send(Scope scope, Hops.Ask ask) throws IOException {
        try {
            var own = Hops.sameOrigin(uri(scope.repository(), ""), ask.uri());
            var response = hops.send(ask, own ? tokens.known(scope) : Optional.empty());
            if (response.statusCode() != 401 || !own || !Hops.sameOrigin(ask.uri(), response.uri())) {
                return response;
            }
            var header = tokens.answering(scope, ask.uri(), response.headers().allValues("www-authenticate"));
            if (header.isEmpty()) {
                return response;
            }
            response.body().close();
            return hops.send(ask, header);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("The request was interrupted");
        }
    }

    /** The answer is longer than this reads. */
    static final class TooLong extends IOException {

        TooLong(int limit) {
            super("the answer is longer than %d bytes".formatted(limit));
        }
    }
}
