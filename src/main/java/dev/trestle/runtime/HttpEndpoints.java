package dev.trestle.runtime;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /healthz}, {@code /readyz} and {@code /metrics}, answered by platform threads of their own: work on what comes from outside
 * runs on others, and cannot keep the carriers of virtual threads from them. There is a thread for each connection that the server lets
 * in, so neither does a slow client or a scrape that hangs.
 */
public final class HttpEndpoints implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpEndpoints.class);

    static { // the JDK's server has no other switch, and reads these once, for webhooks too
        limit("sun.net.httpserver.maxReqTime", "10"); // seconds for a request to come in
        limit("jdk.httpserver.maxConnections", "200");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("probes-", 0).factory());

    /**
     * Starts to listen.
     *
     * @param port 0 for any free one
     * @param ready whether the operator has started and its watches are healthy. Liveness does not ask for it: an API server that is
     *     away is no reason to be restarted
     * @param metrics in Prometheus' text format, read at each scrape
     */
    public HttpEndpoints(int port, BooleanSupplier ready, Supplier<String> metrics) throws IOException {
        server = HttpServer.create(new InetSocketAddress(port), 0);
        server.setExecutor(threads);
        server.createContext("/healthz", exchange -> answer(exchange, 200, "ok\n", "text/plain"));
        server.createContext("/readyz", exchange -> {
            var up = ready.getAsBoolean();
            answer(exchange, up ? 200 : 503, up ? "ok\n" : "not ready\n", "text/plain");
        });
        server.createContext(
                "/metrics",
                exchange -> answer(exchange, 200, metrics.get(), "text/plain; version=0.0.4; charset=utf-8"));
        server.start();
        LOG.atInfo().addKeyValue("port", port()).log("Listening");
    }

    private static void limit(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, int status, String body, String type) throws IOException {
        try (exchange) {
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
