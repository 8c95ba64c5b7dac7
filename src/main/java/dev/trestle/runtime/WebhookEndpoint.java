package dev.trestle.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.trestle.source.RepositoryAddress;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /webhook}: a sender reports that a repository has changed. The report decides only when the operator looks at it. It has a
 * port of its own, so that the world can reach this alone.
 */
public final class WebhookEndpoint implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookEndpoint.class);
    private static final String PATH = "/webhook";
    /** GitHub's limit of a payload. Nothing of it is kept in memory. */
    private static final long MOST_BYTES = 25L << 20;

    /** As many as the server has connections; a request that holds one is bounded by the rates and the pace of bodies. */
    private static final int MOST_AT_ONCE = 200;

    private static final Duration PACE_CHECK = Duration.ofMillis(250);
    private static final RateLimit.Rate OF_EACH = new RateLimit.Rate(10, 50);
    private static final RateLimit.Rate OF_ALL = new RateLimit.Rate(50, 100);

    private final HttpServer server;
    private final WebhookSecrets secrets;
    private final ToIntFunction<Set<RepositoryAddress>> look;
    private final ScheduledExecutorService watchdog;
    private final MeterRegistry meters;
    private final Duration patience;
    private final RateLimit rate = new RateLimit(OF_EACH, OF_ALL, System::nanoTime);
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    /** The outcome of a request. */
    private enum Result {
        ACCEPTED(202, "The repository is looked at.\n"),
        IGNORED(202, "No build follows this repository.\n"),
        UNAUTHORIZED(401, "The signature is missing or wrong.\n"),
        INVALID(400, "The body is no JSON object; choose the content type 'application/json'.\n"),
        TOO_LARGE(413, "The body is longer than 25 MiB.\n"),
        TOO_SLOW(408, "The body comes too slowly.\n"),
        RATE_LIMITED(429, "Too many requests; the repository is looked at anyway before long.\n");

        private final int status;
        private final String told;

        Result(int status, String told) {
            this.status = status;
            this.told = told;
        }
    }

    /**
     * Starts to listen.
     *
     * @param port 0 for any free one
     * @param secrets folder of files with a secret each; without any, the endpoint is not there
     * @param look has these repositories looked at, and tells how many of them are followed
     * @param watchdog ends requests whose body takes longer than {@code patience}
     */
    public WebhookEndpoint(
            int port,
            Path secrets,
            ToIntFunction<Set<RepositoryAddress>> look,
            ScheduledExecutorService watchdog,
            Duration patience,
            MeterRegistry meters)
            throws IOException {
        this.secrets = new WebhookSecrets(secrets);
        this.look = look;
        this.watchdog = watchdog;
        this.patience = patience;
        this.meters = meters;
        for (var result : Result.values()) {
            counter(result); // one that never happened is 0, not absent
        }
        server = HttpServer.create(new InetSocketAddress(port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
        LOG.atInfo().addKeyValue("port", port()).log("Listening for webhooks");
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private Counter counter(Result result) {
        return Counter.builder("trestle.webhook.requests")
                .description("Requests to the webhook endpoint by what became of them.")
                .tag("result", result.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .register(meters);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var known = secrets.read();
            if (known.isEmpty() || !exchange.getRequestURI().getPath().equals(PATH)) {
                answer(exchange, 404, "Not found.\n");
            } else if (!exchange.getRequestMethod().equals("POST")) {
                exchange.getResponseHeaders().set("Allow", "POST");
                answer(exchange, 405, "Only POST.\n");
            } else {
                var result = limited(exchange, new WebhookProof(exchange.getRequestHeaders()::getFirst, known));
                counter(result).increment();
                answer(exchange, result.status, result.told);
            }
        }
    }

    private Result limited(HttpExchange exchange, WebhookProof proof) throws IOException {
        if (!rate.allows(exchange.getRemoteAddress().getAddress()) || !places.tryAcquire()) {
            return Result.RATE_LIMITED;
        }
        try {
            if (!proof.isPossible()) {
                return Result.UNAUTHORIZED;
            }
            return isAnnouncedTooLarge(exchange) ? Result.TOO_LARGE : timed(exchange, proof);
        } finally {
            places.release();
        }
    }

    private Result timed(HttpExchange exchange, WebhookProof proof) throws IOException {
        var body = new WebhookBody(exchange.getRequestBody(), proof, MOST_BYTES, System::nanoTime);
        var end = watchdog.schedule(exchange::close, patience.toMillis(), TimeUnit.MILLISECONDS);
        var pace = watchdog.scheduleWithFixedDelay(
                () -> {
                    if (body.isTooSlow()) {
                        exchange.close();
                    }
                },
                PACE_CHECK.toMillis(),
                PACE_CHECK.toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            return resultOf(body, proof);
        } catch (IOException e) {
            if (body.isTooSlow()) {
                return Result.TOO_SLOW;
            }
            throw e;
        } finally {
            end.cancel(false);
            pace.cancel(false);
        }
    }

    private static boolean isAnnouncedTooLarge(HttpExchange exchange) {
        var announced = exchange.getRequestHeaders().getFirst("Content-Length");
        return announced != null && announced.matches("[0-9]{1,18}") && Long.parseLong(announced) > MOST_BYTES;
    }

    /** The signature is of the whole body, so it is checked when all of the body has been read. */
    private Result resultOf(WebhookBody body, WebhookProof proof) throws IOException {
        try {
            var addresses = Set.<RepositoryAddress>of();
            var isJson = true;
            try {
                addresses = WebhookPayload.addresses(body);
            } catch (JsonProcessingException e) {
                isJson = false;
            }
            body.drain();
            if (!proof.holds()) {
                return Result.UNAUTHORIZED;
            }
            return isJson ? lookAt(addresses) : Result.INVALID;
        } catch (WebhookBody.TooLarge e) {
            return Result.TOO_LARGE;
        }
    }

    private Result lookAt(Set<RepositoryAddress> addresses) {
        var followed = look.applyAsInt(addresses);
        LOG.atInfo()
                .addKeyValue("repositories", addresses)
                .addKeyValue("followed", followed)
                .log("Webhook");
        return followed > 0 ? Result.ACCEPTED : Result.IGNORED;
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
