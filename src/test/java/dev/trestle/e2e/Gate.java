package dev.trestle.e2e;

import static dev.trestle.e2e.TestCluster.LIMIT;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Holds builds in their middle until the test has done what it came for. {@code Dockerfile.gated} connects and goes on when it has read
 * a line; a gate that closes unopened fails it.
 */
public final class Gate implements AutoCloseable {
    private final ServerSocket server;
    private final String host;
    private final List<Socket> arrived = new CopyOnWriteArrayList<>();
    private boolean open;

    /** @param host this machine, as builds in the cluster reach it */
    public Gate(String host) throws IOException {
        this.host = host;
        server = new ServerSocket(0);
        Thread.ofPlatform().daemon().name("gate").start(this::accept);
    }

    /** As bash wants it after {@code /dev/tcp/}. */
    public String address() {
        return host + "/" + server.getLocalPort();
    }

    /** Returns when so many builds have come, those included that are gone since. */
    public void awaitArrivals(int builds) {
        await().atMost(LIMIT).until(() -> arrived.size() >= builds);
    }

    /** Lets all through that have come and will come. */
    public synchronized void open() {
        open = true;
        arrived.forEach(Gate::letThrough);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                arrive(server.accept());
            } catch (IOException _) {
                // closed, which ends the loop, or a build that went away before it was let in
            }
        }
    }

    private synchronized void arrive(Socket build) {
        arrived.add(build);
        if (open) {
            letThrough(build);
        }
    }

    private static void letThrough(Socket build) {
        try (build) {
            build.getOutputStream().write('\n');
        } catch (IOException _) {
            // a build whose pod was deleted hears nothing
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            for (var build : arrived) {
                build.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The gate at port %d does not close".formatted(server.getLocalPort()), e);
        }
    }
}
