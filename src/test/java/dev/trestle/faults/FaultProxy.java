package dev.trestle.faults;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Stands before a server that speaks HTTP/1.1 and decides of each request what becomes of it. Each request has two connections of its
 * own, so bytes are passed on as they come, those of watches and websockets too.
 */
final class FaultProxy implements AutoCloseable {
    private static final int BACKLOG = 500;
    private static final int DRAIN_MILLIS = 500;

    /** Opens a connection to the server. */
    interface Server {
        Socket connect() throws IOException;
    }

    private final ServerSocket listening;
    private final Server server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Function<Request, Answer> rule = _ -> new Answer.Pass();

    /** @param at where it listens; port 0 for any */
    FaultProxy(InetSocketAddress at, Server server) throws IOException {
        this.server = server;
        listening = new ServerSocket();
        listening.setReuseAddress(true);
        listening.bind(at, BACKLOG);
        Thread.ofVirtual().start(this::accept);
    }

    /** Host and port. */
    String address() {
        return listening.getInetAddress().getHostAddress() + ":" + listening.getLocalPort();
    }

    /** From now on; requests that are under way keep their answer. */
    void answer(Function<Request, Answer> rule) {
        this.rule = rule;
    }

    void answer(Predicate<Request> which, Answer answer) {
        answer(request -> which.test(request) ? answer : new Answer.Pass());
    }

    /** The first so many of these requests are answered so, the others by the server. */
    void answerFirst(int times, Predicate<Request> which, Answer answer) {
        var left = new CountDownLatch(times);
        answer(request -> {
            if (!which.test(request)) {
                return new Answer.Pass();
            }
            synchronized (left) {
                var first = left.getCount() > 0;
                left.countDown();
                return first ? answer : new Answer.Pass();
            }
        });
    }

    void passAll() {
        answer(_ -> new Answer.Pass());
    }

    /** Ends every connection, in the middle of whatever it was. */
    void cutAll() {
        open.forEach(FaultProxy::reset);
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                var client = listening.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException _) {
                return; // closed
            }
        }
    }

    private void serve(Socket client) {
        open.add(client);
        try (client) {
            var in = new BufferedInputStream(client.getInputStream());
            var request = Request.read(in);
            if (request.isPresent()) {
                act(rule.apply(request.get()), request.get(), client, in);
            }
        } catch (IOException _) {
            // one of both went away, as either may
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    private void act(Answer answer, Request request, Socket client, InputStream in)
            throws IOException, InterruptedException {
        switch (answer) {
            case Answer.Pass() -> pass(request, client, in);
            case Answer.Late(var by) -> {
                Thread.sleep(by);
                pass(request, client, in);
            }
            case Answer.Held(var latch) -> {
                latch.await();
                pass(request, client, in);
            }
            case Answer.Cut() -> reset(client);
            case Answer.Lost() -> lose(request, client, in);
            case Answer.Refused refused -> refuse(refused, client, in);
        }
    }

    private void pass(Request request, Socket client, InputStream in) throws IOException {
        try (var upstream = server.connect()) {
            open.add(upstream);
            forward(request, in, upstream);
            upstream.getInputStream().transferTo(client.getOutputStream());
            open.remove(upstream);
        }
    }

    private void lose(Request request, Socket client, InputStream in) throws IOException {
        try (var upstream = server.connect()) {
            forward(request, in, upstream);
            upstream.getInputStream().readAllBytes();
        }
        reset(client);
    }

    private static void forward(Request request, InputStream in, Socket upstream) throws IOException {
        upstream.getOutputStream().write(request.forwarded());
        Thread.ofVirtual().start(() -> {
            try {
                in.transferTo(upstream.getOutputStream());
            } catch (IOException _) {
                // the answer tells, if there is one
            }
        });
    }

    /** What the client still sends is read: else it may see a reset before it sees the answer. */
    private static void refuse(Answer.Refused refused, Socket client, InputStream in) throws IOException {
        var body = refused.body().getBytes(StandardCharsets.UTF_8);
        var head =
                "HTTP/1.1 %d %s\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\nConnection: close\r\n\r\n"
                        .formatted(refused.status(), refused.phrase(), refused.headers(), body.length);
        client.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
        client.getOutputStream().write(body);
        client.shutdownOutput();
        client.setSoTimeout(DRAIN_MILLIS);
        try {
            in.skip(Long.MAX_VALUE);
        } catch (SocketTimeoutException _) {
            // enough
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException _) {
            // closed already
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The proxy at '%s' does not close".formatted(address()), e);
        }
        cutAll();
    }
}
