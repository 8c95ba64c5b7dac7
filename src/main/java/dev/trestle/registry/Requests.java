package dev.trestle.registry;

import dev.trestle.core.merge.FailureClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import land.oras.exception.OrasException;

/** Sends requests in bounded time, again where that may help, and turns what goes wrong into words that say what to do. */
final class Requests {

    /** Enough for any answer that is no blob; ORAS's client has no limit of its own. */
    static final Duration SHORT = Duration.ofSeconds(30);

    private final Retry retry;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Requests(Retry retry) {
        this.retry = retry;
    }

    /** The answer, 2xx, 404 or 409, of a request that is sent as often as the backoff allows. */
    Reply send(Doing doing, Callable<Reply> request) {
        return retry.run(() -> once(doing, SHORT, request));
    }

    /** Runs several {@link #once} as one unit, from its beginning again when one of them asks so. */
    <T> T asUnit(Supplier<T> unit) {
        return retry.run(unit);
    }

    /** The answer of a request that is sent once; throws {@link Retry.TryAgain} where another try may help. */
    Reply once(Doing doing, Duration limit, Callable<Reply> request) {
        try {
            return judged(doing, within(limit, request));
        } catch (OrasException e) {
            throw refused(doing, e);
        } catch (Wire.TooLong e) {
            throw doing.failed(FailureClass.Invalid, Answers.of(e), "Make it smaller.");
        } catch (IOException e) {
            throw unreachable(doing, e);
        } catch (UncheckedIOException e) {
            throw unreachable(doing, new IOException(e.getMessage(), e));
        }
    }

    private static Reply judged(Doing doing, Reply reply) {
        var status = reply.status();
        if (status >= HttpURLConnection.HTTP_INTERNAL_ERROR) {
            throw unavailable(doing, reply);
        }
        return switch (status) {
            case 200, 201, 202, 204, 404, 409 -> reply;
            case 401, 403 -> throw doing.denied(Answers.of(reply), null);
            case 408 -> throw unavailable(doing, reply);
            case 429 -> throw limited(doing, reply);
            default -> throw doing.failed(FailureClass.Invalid, Answers.of(reply), "Correct what the registry names.");
        };
    }

    /** Proxies have numbers of their own above 500, and a full disk is 507. */
    private static Retry.TryAgain unavailable(Doing doing, Reply reply) {
        var after = retryAfter(reply);
        return new Retry.TryAgain(doing.unavailable(Answers.of(reply), null, after), after);
    }

    private static Retry.TryAgain limited(Doing doing, Reply reply) {
        var after = retryAfter(reply);
        return new Retry.TryAgain(doing.limited(Answers.of(reply), after), after);
    }

    private static Optional<Duration> retryAfter(Reply reply) {
        return reply.header("retry-after").flatMap(Answers::seconds);
    }

    private static RuntimeException refused(Doing doing, OrasException e) {
        if (e.getCause() instanceof IOException cause) {
            return unreachable(doing, cause);
        }
        return switch (e.getStatusCode()) {
            case 401 -> doing.denied("HTTP 401, and no token for these credentials", e);
            // GHCR's secondary rate limit looks so, and ORAS keeps neither body nor Retry-After of it
            case 403 -> new Retry.TryAgain(doing.denied("HTTP 403", e), Optional.empty());
            case 429 ->
                new Retry.TryAgain(doing.limited(String.valueOf(e.getMessage()), Optional.empty()), Optional.empty());
            default -> new Retry.TryAgain(doing.unavailable(String.valueOf(e.getMessage()), e), Optional.empty());
        };
    }

    private static Retry.TryAgain unreachable(Doing doing, IOException cause) {
        return new Retry.TryAgain(doing.unavailable(Answers.of(cause), cause), Optional.empty());
    }

    private Reply within(Duration limit, Callable<Reply> request) throws IOException {
        var running = threads.submit(request);
        try {
            return running.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            running.cancel(true);
            throw new HttpTimeoutException("no answer in %d s".formatted(limit.toSeconds()));
        } catch (InterruptedException e) {
            running.cancel(true);
            Thread.currentThread().interrupt();
            throw new CancellationException("The request was interrupted");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException io -> throw io;
                case RuntimeException runtime -> throw runtime;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        }
    }
}
