package dev.trestle.fuzz;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/**
 * A server of this machine that is a git server and a registry at once: repositories that are served as they should be, at
 * {@code /git/}, and answers as none should give, at {@code /bad/} and {@code /v2/}.
 */
final class HostileServer implements AutoCloseable {
    private static final int MEBIBYTE = 1 << 20;

    private final HttpServer http;

    HostileServer(String host, int port, HostileGit git) throws IOException {
        http = HttpServer.create(new InetSocketAddress(host, port), 0);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        context("/git/", git::serve);
        context("/bad/refs", exchange -> endless(exchange, "003e%040x refs/heads/%05d\n".formatted(1, 1)));
        context("/bad/silent", _ -> pause(120_000));
        context("/bad/drip", HostileServer::drip);
        context("/bad/pack", HostileServer::pack);
        context("/bad/loop", exchange -> redirect(exchange, exchange.getRequestURI() + "/x/info/refs"));
        context("/bad/away", exchange -> redirect(exchange, "http://169.254.169.254/latest/meta-data"));
        context("/v2/endless/", exchange -> challenge(exchange, "/token/endless"));
        context("/v2/stolen/", exchange -> challenge(exchange, "/token/stolen"));
        context("/v2/busy/", HostileServer::busy);
        context("/v2/manifest/", exchange -> endless(exchange, "{\"a\": [[[["));
        context("/v2/loop/", exchange -> redirect(exchange, exchange.getRequestURI() + "x"));
        context("/v2/silent/", _ -> pause(120_000));
        context("/token/endless", exchange -> endless(exchange, "{\"token\": \"" + "x".repeat(4_000)));
        context("/token/stolen", exchange -> redirect(exchange, "http://127.0.0.1:8080/stolen"));
        http.start();
    }

    private interface Handler {
        void handle(HttpExchange exchange) throws IOException;
    }

    private void context(String path, Handler handler) {
        http.createContext(path, exchange -> {
            try (exchange) {
                handler.handle(exchange);
            }
        });
    }

    private static void endless(HttpExchange exchange, String piece) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/x-git-upload-pack-advertisement");
        exchange.sendResponseHeaders(200, 0);
        var chunk = piece.repeat(Math.max(1, 65_536 / piece.length())).getBytes(StandardCharsets.UTF_8);
        if (exchange.getRequestURI().getPath().endsWith("/info/refs")) {
            exchange.getResponseBody().write("001e# service=git-upload-pack\n0000".getBytes(StandardCharsets.US_ASCII));
        }
        for (var sent = 0L; sent < 512L * MEBIBYTE; sent += chunk.length) {
            exchange.getResponseBody().write(chunk);
        }
    }

    private static void drip(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        for (var i = 0; i < 300; i++) {
            exchange.getResponseBody().write('0');
            exchange.getResponseBody().flush();
            pause(400);
        }
    }

    /** Refs of a server of the first protocol, and then a pack whose one object says that it has 2 GB. */
    private static void pack(HttpExchange exchange) throws IOException {
        var isListing = exchange.getRequestURI().getPath().endsWith("/info/refs");
        exchange.getResponseHeaders()
                .set("Content-Type", "application/x-git-upload-pack-" + (isListing ? "advertisement" : "result"));
        exchange.sendResponseHeaders(200, 0);
        if (isListing) {
            var ref = "%040x refs/heads/main\0 side-band-64k ofs-delta shallow allow-reachable-sha1-in-want filter\n"
                    .formatted(7);
            exchange.getResponseBody()
                    .write("001e# service=git-upload-pack\n0000%04x%s0000"
                            .formatted(ref.length() + 4, ref)
                            .getBytes(StandardCharsets.US_ASCII));
            return;
        }
        var pack = new byte[] {'P', 'A', 'C', 'K', 0, 0, 0, 2, 0, 0, 0, 1, (byte) 0xbf, -1, -1, -1, 0x3f, 1, 2, 3, 4};
        exchange.getResponseBody()
                .write("0008NAK\n%04x\1".formatted(pack.length + 5).getBytes(StandardCharsets.US_ASCII));
        exchange.getResponseBody().write(pack);
    }

    private static void challenge(HttpExchange exchange, String realm) throws IOException {
        exchange.getResponseHeaders()
                .set(
                        "WWW-Authenticate",
                        "Bearer realm=\"http://%s%s\",service=\"s\",scope=\"r\""
                                .formatted(exchange.getRequestHeaders().getFirst("Host"), realm));
        exchange.sendResponseHeaders(401, -1);
    }

    private static void busy(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Retry-After", "99999999999");
        exchange.sendResponseHeaders(429, -1);
    }

    private static void redirect(HttpExchange exchange, String location) throws IOException {
        exchange.getResponseHeaders().set("Location", location);
        exchange.sendResponseHeaders(302, -1);
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
