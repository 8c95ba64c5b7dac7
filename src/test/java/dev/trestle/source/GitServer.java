package dev.trestle.source;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.trestle.core.config.Configuration;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;

/** A git server on this machine: smart HTTP in front of one repository, at {@code /app.git}, with what tests want to happen first. */
final class GitServer implements AutoCloseable {
    static final String REF = "refs/heads/main";

    private final Git git;
    private final HttpServer http;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private volatile Before before = _ -> false;

    /** @see #before(Before) */
    interface Before {
        /** @return whether it has answered */
        boolean answers(HttpExchange exchange) throws IOException;
    }

    GitServer(Path folder) throws Exception {
        git = Git.init().setDirectory(folder.toFile()).setInitialBranch("main").call();
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", this::handle);
        http.start();
    }

    /** Every server, also on this machine. */
    static Servers anywhere() {
        return listing("127.0.0.1:99999", "127.0.0.1:1", "[fffff]", "git.example.invalid");
    }

    static Servers listing(String... hosts) {
        var told = new Configuration.Git(60, List.of(hosts), List.of());
        return new Servers(() -> told, URI.create("https://10.96.0.1"));
    }

    void before(Before before) {
        this.before = before;
    }

    /** As a configuration has it. */
    String host() {
        return "127.0.0.1:" + http.getAddress().getPort();
    }

    String url() {
        return "http://" + host() + "/app.git";
    }

    /** Paths and queries that were asked for. */
    List<String> requests() {
        return new ArrayList<>(requests);
    }

    /** Each request's Authorization, where it had one. */
    List<String> authorizations() {
        return new ArrayList<>(authorizations);
    }

    String commit(String message) throws Exception {
        return git.commit()
                .setMessage(message)
                .setAllowEmpty(true)
                .setAuthor("a", "a@example.org")
                .setCommitter("a", "a@example.org")
                .setSign(false)
                .call()
                .name();
    }

    /** A commit that writes one file. */
    String commit(String path, String text) throws Exception {
        Files.writeString(git.getRepository().getWorkTree().toPath().resolve(path), text);
        git.add().addFilepattern(path).call();
        return commit(path + ": " + text);
    }

    /** An annotated tag at the head, there already or not. */
    void tag(String name) throws Exception {
        git.tag()
                .setName(name)
                .setMessage(name)
                .setTagger(new PersonIdent("a", "a@example.org"))
                .setSigned(false)
                .setForceUpdate(true)
                .call();
    }

    void deleteTag(String name) throws Exception {
        git.tagDelete().setTags(name).call();
    }

    /** The branch begins anew, without anything of its history. */
    void rewrite() throws Exception {
        git.checkout().setOrphan(true).setName("anew").call();
        commit("rewritten");
        git.branchCreate().setName("main").setStartPoint("anew").setForce(true).call();
        git.checkout().setName("main").call();
    }

    void serves(String option, boolean value) throws IOException {
        var config = git.getRepository().getConfig();
        config.setBoolean("uploadpack", null, option, value);
        config.save();
    }

    static void redirect(HttpExchange exchange, String location) throws IOException {
        exchange.getResponseHeaders().set("Location", location);
        exchange.sendResponseHeaders(302, -1);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(exchange.getRequestURI().toString());
            Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                    .ifPresent(authorizations::add);
            if (!before.answers(exchange)) {
                serve(exchange);
            }
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        var pack = new UploadPack(git.getRepository());
        pack.setBiDirectionalPipe(false);
        pack.setExtraParameters(exchange.getRequestHeaders().getOrDefault("Git-Protocol", List.of()));
        if (exchange.getRequestURI().getPath().endsWith("/info/refs")) {
            exchange.getResponseHeaders().set("Content-Type", "application/x-git-upload-pack-advertisement");
            exchange.sendResponseHeaders(200, 0);
            var lines = new PacketLineOut(exchange.getResponseBody());
            pack.sendAdvertisedRefs(new PacketLineOutRefAdvertiser(lines), "git-upload-pack");
        } else {
            exchange.getResponseHeaders().set("Content-Type", "application/x-git-upload-pack-result");
            exchange.sendResponseHeaders(200, 0);
            pack.upload(bodyOf(exchange), exchange.getResponseBody(), OutputStream.nullOutputStream());
        }
    }

    private static InputStream bodyOf(HttpExchange exchange) throws IOException {
        var packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        return packed ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody();
    }

    @Override
    public void close() {
        http.stop(0);
        git.close();
    }
}
