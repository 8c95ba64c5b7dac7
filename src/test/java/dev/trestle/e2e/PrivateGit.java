package dev.trestle.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Executors;

/**
 * Stands before the local cluster's git server and lets nobody through without name and password but the operator, whose own
 * credentials are another matter.
 */
final class PrivateGit implements AutoCloseable {
    private static final List<String> PASSED_ON = List.of("Accept", "Content-Type", "Content-Encoding", "Git-Protocol");

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI server;
    private final String expected;
    private final HttpServer http;

    /** @param url of a repository on that server */
    PrivateGit(String url, String username, String password) throws IOException {
        server = URI.create(url);
        expected = base64(username, password);
        http = HttpServer.create(new InetSocketAddress(server.getHost(), 0), 0);
        http.createContext("/", this::answer);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.start();
    }

    /** The same repository, behind this. */
    String url() {
        return "http://%s:%d%s".formatted(server.getHost(), http.getAddress().getPort(), server.getPath());
    }

    /** What goes over the wire for a name and a password. */
    static String base64(String username, String password) {
        return Base64.getEncoder().encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (isAllowed(exchange)) {
                passOn(exchange);
            } else {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"git\"");
                exchange.sendResponseHeaders(401, -1);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isAllowed(HttpExchange exchange) {
        var headers = exchange.getRequestHeaders();
        return ("Basic " + expected).equals(headers.getFirst("Authorization"))
                || String.valueOf(headers.getFirst("User-Agent")).startsWith("JGit");
    }

    private void passOn(HttpExchange exchange) throws IOException, InterruptedException {
        var body = exchange.getRequestBody().readAllBytes();
        var request = HttpRequest.newBuilder(
                        server.resolve(exchange.getRequestURI().toString()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        for (var name : PASSED_ON) {
            exchange.getRequestHeaders().getOrDefault(name, List.of()).forEach(value -> request.header(name, value));
        }
        var response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        response.headers()
                .firstValue("Content-Type")
                .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
        exchange.sendResponseHeaders(response.statusCode(), response.body().length == 0 ? -1 : response.body().length);
        exchange.getResponseBody().write(response.body());
    }

    @Override
    public void close() {
        http.stop(0);
        client.close();
    }
}
