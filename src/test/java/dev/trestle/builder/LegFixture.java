package dev.trestle.builder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.Map;

/** A leg's script that finds a daemon's socket and this machine's platform, and what its results should be. */
record LegFixture(BuilderScript leg, ServerSocketChannel daemon) implements AutoCloseable {
    static final String[] NO_CACHE = {"--frontend", "dockerfile.v0"};
    static final String THIS_PLATFORM = System.getProperty("os.arch").equals("aarch64") ? "linux/arm64" : "linux/amd64";
    private static final ObjectMapper JSON = new ObjectMapper();

    static LegFixture in(Path folder) throws IOException {
        var socket = folder.resolve("socket");
        return new LegFixture(
                new BuilderScript(
                        folder,
                        Map.of(
                                "TRESTLE_BUILD_PLATFORM",
                                THIS_PLATFORM,
                                "TRESTLE_SOCKET",
                                socket.toString(),
                                "TRESTLE_AGAIN_SECONDS",
                                "")),
                ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket)));
    }

    BuilderScript replaying(String recording) {
        return replaying(BuilderScript.RECORDINGS.resolve(recording));
    }

    BuilderScript replaying(Path recording) {
        return leg.with("CASE", recording.toString());
    }

    static JsonNode expected(String recording) throws IOException {
        return JSON.readTree(BuilderScript.RECORDINGS
                .resolve(recording)
                .resolve("result.json")
                .toFile());
    }

    /** The result but for the time that it took. */
    static JsonNode result(BuilderScript.Outcome outcome) throws IOException {
        return ((ObjectNode) JSON.readTree(outcome.result())).without("seconds");
    }

    static JsonNode failure(BuilderScript.Outcome outcome) throws IOException {
        return JSON.readTree(outcome.result()).path("failure");
    }

    @Override
    public void close() throws IOException {
        daemon.close();
    }
}
