package dev.trestle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MergeCommandTest {
    @TempDir
    Path folder;

    /** The Job must not try again by itself then: the operator does, when the registry may be asked again. */
    @Test
    @Timeout(30)
    void aRegistryThatHasHadEnoughHasAnExitCodeOfItsOwn() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", request -> {
            request.getResponseHeaders().set("Retry-After", "0");
            request.sendResponseHeaders(429, -1);
        });
        server.start();
        var host = "127.0.0.1:" + server.getAddress().getPort();
        var result = folder.resolve("result");

        var exitCode = new CommandLine(new MergeCommand())
                .execute(
                        "--source=linux/amd64=%s/a@sha256:%s".formatted(host, "a".repeat(64)),
                        "--target=%s/a=v1".formatted(host),
                        "--plain-http=" + host,
                        "--result=" + result);
        server.stop(0);

        assertThat(exitCode).isEqualTo(4);
        assertThat(Files.readString(result))
                .contains("\"class\":\"RateLimited\"", "\"limitedBy\":\"%s\",\"retryAfter\":0".formatted(host));
    }
}
