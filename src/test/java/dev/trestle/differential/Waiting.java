package dev.trestle.differential;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Waits for programs that have been started on this machine. */
final class Waiting {
    private static final Duration LONGEST_START = Duration.ofSeconds(60);

    private Waiting() {}

    interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    static void until(String what, Condition condition) throws IOException, InterruptedException {
        var end = Instant.now().plus(LONGEST_START);
        while (!condition.holds()) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("'%s' did not start".formatted(what));
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    static void forPort(int port) throws IOException, InterruptedException {
        until("port " + port, () -> {
            try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return true;
            } catch (IOException e) {
                return false;
            }
        });
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
