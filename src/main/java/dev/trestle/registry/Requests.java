package dev.trestle.registry;

import dev.trestle.core.merge.FailureClass;
import dev.trestle.outward.Refused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Sends requests in bounded time, again where that may help, and turns failures into words that name the way out. */
final class Requests {

    /** Enough for any answer that is not a blob. */
    static final Duration SHORT = Duration.ofSeconds(30);

    private static final Pattern READ_ONLY =
            Pattern.compile("read[ -]?only|maintenance mode", Pattern.CASE_INSENSITIVE);

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
        } catch (TokenRefused e) {
            throw refused(doing, e);
        } catch (Refused e) {
            throw doing.failed(FailureClass.Denied, String.valueOf(e.getMessage()), "Have the administrator name it.");
        } catch (Wire.TooLong e) {
            throw doing.failed(FailureClass.Invalid, Answers.of(e), "Make it smaller.");
        } catch (IOException e) {
            throw unreachable(doing, e);
        } catch (UncheckedIOException e) {
            throw unreachable(doing, Objects.requireNonNull(e.getCause()));
        }
    }

    private static Reply judged(Doing doing, Reply reply) {
        var status = reply.status();
        if (status >= HttpURLConnection.HTTP_INTERNAL_ERROR || isReadOnly(doing, reply)) {
            throw unavailable(doing, reply);
        }
        return switch (status) {
            case 200, 201, 202, 204, 404, 409 -> reply;
            case 401 -> throw doing.denied(Answers.of(reply), null);
            // GHCR and Docker Hub's proxies deny now and then a request that they allow a moment later
            case 403 -> throw new Retry.TryAgain(doing.denied(Answers.of(reply), null), retryAfter(reply));
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

    /** Quay answers 405 and Harbor 403 while they collect garbage or are being repaired; reading works. */
    private static boolean isReadOnly(Doing doing, Reply reply) {
        return switch (reply.status()) {
            case 405 -> doing.verb().equals("push");
            case 400, 401, 403 -> READ_ONLY.matcher(Answers.of(reply)).find();
            default -> false;
        };
    }

    private static Optional<Duration> retryAfter(Reply reply) {
        return reply.header("retry-after").flatMap(Answers::seconds);
    }

    /** A token server's answer counts as the registry's. */
    private static RuntimeException refused(Doing doing, TokenRefused e) {
        var words = String.valueOf(e.getMessage());
        var after = retryAfter(e.reply());
        return switch (e.reply().status()) {
            case 403 -> new Retry.TryAgain(doing.denied(words, e), after);
            case 429 -> new Retry.TryAgain(doing.limited(words, after), after);
            case 408 -> new Retry.TryAgain(doing.unavailable(words, e, after), after);
            default ->
                e.reply().status() >= HttpURLConnection.HTTP_INTERNAL_ERROR
                        ? new Retry.TryAgain(doing.unavailable(words, e, after), after)
                        : doing.denied(words, e);
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
