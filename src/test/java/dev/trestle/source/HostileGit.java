package dev.trestle.source;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/** A server of git's protocol version 2 that answers each request as a test wants, and as no git would. */
final class HostileGit implements AutoCloseable {
    private static final int MOST_OF_A_LINE = 65_515;

    private final HttpServer http;
    private volatile Answer refs = out -> out.write(bytes("0000"));
    private volatile Answer fetch = out -> out.write(bytes("0000"));

    interface Answer {
        void writeTo(OutputStream out) throws IOException;
    }

    HostileGit(String... capabilities) throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/", exchange -> handle(exchange, capabilities));
        http.start();
    }

    String url() {
        return "http://127.0.0.1:%d/app.git".formatted(http.getAddress().getPort());
    }

    /** As a configuration has it. */
    String host() {
        return "127.0.0.1:" + http.getAddress().getPort();
    }

    void answersWithRefs(int count) {
        refs = out -> {
            for (var at = 0; at < count; at++) {
                out.write(line("%040x refs/heads/%07d\n".formatted(1, at)));
            }
            out.write(bytes("0000"));
        };
    }

    void answersWithPack(byte[] pack) {
        fetch = out -> {
            out.write(line("packfile\n"));
            sideband(out, 1, pack);
            out.write(bytes("0000"));
        };
    }

    /** Words for people, and no end. */
    void answersWithWords(int count) {
        fetch = out -> {
            out.write(line("packfile\n"));
            for (var at = 0; at < count; at++) {
                sideband(out, 2, "x".repeat(1000).getBytes(StandardCharsets.US_ASCII));
            }
        };
    }

    static byte[] line(String text) {
        return bytes("%04x%s".formatted(text.length() + 4, text));
    }

    private static void sideband(OutputStream out, int band, byte[] content) throws IOException {
        for (var at = 0; at < content.length; at += MOST_OF_A_LINE) {
            var length = Math.min(MOST_OF_A_LINE, content.length - at);
            out.write(bytes("%04x".formatted(length + 5)));
            out.write(band);
            out.write(content, at, length);
        }
    }

    private void handle(HttpExchange exchange, String... capabilities) throws IOException {
        try (exchange) {
            if (exchange.getRequestURI().getPath().endsWith("/info/refs")) {
                begins(exchange, "advertisement");
                var out = exchange.getResponseBody();
                out.write(line("# service=git-upload-pack\n"));
                out.write(bytes("0000"));
                out.write(line("version 2\n"));
                out.write(line("ls-refs\n"));
                out.write(line("fetch=shallow filter\n"));
                for (var capability : capabilities) {
                    out.write(line(capability + "\n"));
                }
                out.write(bytes("0000"));
            } else {
                var asked = new String(body(exchange).readAllBytes(), StandardCharsets.ISO_8859_1);
                begins(exchange, "result");
                (asked.contains("command=fetch") ? fetch : refs).writeTo(exchange.getResponseBody());
            }
        } catch (IOException e) {
            exchange.close(); // who was refused has hung up
        }
    }

    private static InputStream body(HttpExchange exchange) throws IOException {
        var packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        return packed ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody();
    }

    private static void begins(HttpExchange exchange, String kind) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/x-git-upload-pack-" + kind);
        exchange.sendResponseHeaders(200, 0);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
