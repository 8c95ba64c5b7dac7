package dev.trestle.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/** Stands before a real registry: passes requests on, remembers them, and answers some of them itself. */
final class RegistryFront implements AutoCloseable {

    private final HttpServer server;
    private final String behind;
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Predicate<HttpExchange> answered;

    /** Passes on to {@code behind} what {@code answered} has not answered itself. */
    RegistryFront(String behind, Predicate<HttpExchange> answered) throws IOException {
        this.behind = behind;
        this.answered = answered;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Method and path of every request so far. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        try (exchange) {
            if (!answered.test(exchange)) {
                passOn(exchange);
            }
        }
    }

    private void passOn(HttpExchange exchange) throws IOException {
        var response = send(exchange);
        response.headers().map().forEach((name, values) -> {
            if (!name.equals("content-length") && !name.equals("connection")) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        var body = response.body();
        exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private HttpResponse<byte[]> send(HttpExchange exchange) throws IOException {
        var body =
                HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes());
        var request = HttpRequest.newBuilder(URI.create("http://" + behind + exchange.getRequestURI()))
                .version(HttpClient.Version.HTTP_1_1)
                .method(exchange.getRequestMethod(), body);
        for (var name : List.of("Accept", "Content-Type")) {
            exchange.getRequestHeaders().getOrDefault(name, List.of()).forEach(value -> request.header(name, value));
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    /** Answers with a status and no body. */
    static boolean answer(HttpExchange exchange, int status) {
        return answer(exchange, status, "");
    }

    /** Answers with a status and a body. */
    static boolean answer(HttpExchange exchange, int status, String json) {
        var body = json.getBytes(StandardCharsets.UTF_8);
        try {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
