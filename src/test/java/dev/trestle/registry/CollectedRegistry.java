package dev.trestle.registry;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A registry of its own, distribution, whose garbage collection runs round after round with {@code --delete-untagged}.
 *
 * <p>Distribution wants to be read-only while it collects, for it cannot tell what is being pushed from what is garbage: so each round
 * waits for the writes that are under way and holds back new ones. What lies in the registry between two writes is the collector's.
 *
 * @see <a href="https://distribution.github.io/distribution/about/garbage-collection/">distribution's garbage collection</a>
 */
final class CollectedRegistry implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;

    private final String program;
    private final Path configuration;
    private final Path log;
    private final Path firstPush;
    private final String host;
    private final Process server;
    private final Thread collector;
    private final ReadWriteLock writes = new ReentrantReadWriteLock(true);
    private final Object roundEnded = new Object();
    private volatile boolean closed;
    private long rounds;

    /** Skips the test where the program is not in the PATH. */
    CollectedRegistry(Path folder) throws IOException {
        this.program = program();
        this.host = "127.0.0.1:" + freePort();
        this.configuration = folder.resolve("registry.yaml");
        this.log = folder.resolve("registry.log");
        this.firstPush = folder.resolve("data/docker/registry/v2/repositories");
        Files.writeString(configuration, """
                version: 0.1
                log: {level: error}
                storage:
                  filesystem: {rootdirectory: "%s"}
                  delete: {enabled: true}
                http: {addr: "%s"}
                """.formatted(folder.resolve("data"), host));
        this.server = start("serve", configuration.toString());
        await(this::answers, "the registry to listen");
        this.collector = Thread.ofVirtual().start(this::collect);
    }

    String host() {
        return host;
    }

    /** Writes while nothing is collected. */
    <T> T write(Supplier<T> push) {
        writes.readLock().lock();
        try {
            return push.get();
        } finally {
            writes.readLock().unlock();
        }
    }

    /** Returns when a whole round has begun after this call, and has ended. */
    void awaitRound() {
        synchronized (roundEnded) {
            var wanted = rounds + 2; // the one that is under way may have begun before
            while (rounds < wanted) {
                if (closed || !collector.isAlive()) {
                    throw new AssertionError("the collector has ended");
                }
                try {
                    roundEnded.wait(TimeUnit.SECONDS.toMillis(1));
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    private void collect() {
        while (!closed && !Files.exists(firstPush)) {
            pause(); // what holds nothing yet cannot be collected in: it is an error
        }
        while (!closed) {
            writes.writeLock().lock();
            try {
                var round = start("garbage-collect", "--delete-untagged", configuration.toString());
                if (!round.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || round.exitValue() != 0) {
                    throw new AssertionError("'registry garbage-collect' failed; see " + log);
                }
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            } finally {
                writes.writeLock().unlock();
            }
            synchronized (roundEnded) {
                rounds++;
                roundEnded.notifyAll();
            }
        }
    }

    private Process start(String... arguments) throws IOException {
        var command = Stream.concat(Stream.of(program), Stream.of(arguments)).toList();
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        process.environment().put("OTEL_TRACES_EXPORTER", "none");
        return process.start();
    }

    private boolean answers() {
        var address = host.split(":", 2);
        try (var _ = new Socket(address[0], Integer.parseInt(address[1]))) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void await(BooleanSupplier condition, String what) {
        var until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > until || !server.isAlive()) {
                throw new AssertionError("waited in vain for %s; see %s".formatted(what, log));
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String program() {
        var found = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "registry"))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(found.isPresent(), "no 'registry' in the PATH: run hack/cluster/cluster build, as make test does");
        return found.orElseThrow().toString();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        closed = true;
        server.destroy();
        server.onExit().join();
        try {
            collector.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
