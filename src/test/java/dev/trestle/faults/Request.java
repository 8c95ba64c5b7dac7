package dev.trestle.faults;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The head of an HTTP/1.1 request.
 *
 * @param line such as {@code PUT /v2/app/manifests/v1 HTTP/1.1}
 * @param headers as they came
 */
record Request(String line, List<String> headers) {
    private static final int LONGEST = 64 * 1024;
    /** Of one connection only: the proxy's own two connections are closed after each answer. */
    private static final List<String> HOP = List.of("connection:", "keep-alive:", "http2-settings:", "upgrade:");

    /** @return empty when the connection ends before a head does */
    static Optional<Request> read(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        var last = 0;
        for (var next = in.read(); next >= 0 && head.size() < LONGEST; next = in.read()) {
            head.write(next);
            last = (last << 8) | next;
            if (last == 0x0d0a0d0a) {
                var lines = head.toString(StandardCharsets.ISO_8859_1).lines().toList();
                return Optional.of(new Request(
                        lines.getFirst(),
                        lines.stream().skip(1).filter(line -> !line.isEmpty()).toList()));
            }
        }
        return Optional.empty();
    }

    boolean is(String method, String partOfPath) {
        return line.startsWith(method + " ") && line.contains(partOfPath);
    }

    /** Whether it is about the repository of this image. */
    boolean isOf(String image) {
        return line.contains("/" + image + "/");
    }

    boolean isWrite() {
        return line.startsWith("PUT ") || line.startsWith("POST ") || line.startsWith("PATCH ");
    }

    /** Whether BuildKit sent it, and not the merge. */
    boolean isOfBuildKit() {
        return header("user-agent").filter(agent -> agent.contains("buildkit")).isPresent();
    }

    boolean isWatch() {
        return line.contains("watch=true");
    }

    private boolean isWebSocket() {
        return header("upgrade")
                .filter(protocol -> protocol.equalsIgnoreCase("websocket"))
                .isPresent();
    }

    private Optional<String> header(String name) {
        return headers.stream()
                .filter(header -> header.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(header -> header.substring(name.length() + 1).strip())
                .findFirst();
    }

    /** What the server is sent: the same, for one answer on one connection. */
    byte[] forwarded() {
        var text = new StringBuilder(line).append("\r\n");
        headers.stream()
                .filter(header -> isWebSocket() || HOP.stream().noneMatch(header.toLowerCase(Locale.ROOT)::startsWith))
                .forEach(header -> text.append(header).append("\r\n"));
        if (!isWebSocket()) {
            text.append("Connection: close\r\n");
        }
        return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
