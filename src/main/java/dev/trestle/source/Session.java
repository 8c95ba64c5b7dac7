package dev.trestle.source;

import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;

/**
 * One operation on a repository. All of its connections go to the repository's own server, however often that redirects; so its
 * credentials do as well.
 */
final class Session implements HttpConnectionFactory, AutoCloseable {
    private static final int MOST_REDIRECTS = 3;

    private final Servers servers;
    private final String url;
    private final Duration silence;
    private final Allowance allowance;
    private final PackLimits packs;
    private final ByteBudget.Share memory;
    /** Where the repository was looked for. */
    private final Set<String> beginnings = new HashSet<>();

    /**
     * @param silence how long the server may say nothing
     * @param packs limits of the packs that the server gives
     * @param memory that their objects take
     */
    Session(
            Servers servers,
            String url,
            Duration silence,
            Allowance allowance,
            PackLimits packs,
            ByteBudget.Share memory) {
        this.servers = servers;
        this.packs = packs;
        this.memory = memory;
        this.url = url;
        this.silence = silence;
        this.allowance = allowance;
    }

    Allowance allowance() {
        return allowance;
    }

    InputStream guard(InputStream pack) {
        return new PackGuard(pack, packs, allowance, memory);
    }

    @Override
    public void close() {
        allowance.close();
        memory.close();
    }

    void guard(Transport transport) {
        transport.setTimeout((int) silence.toSeconds());
        transport.setCredentialsProvider(new MountedCredentials(servers));
        if (transport instanceof TransportHttp http) {
            http.setHttpConnectionFactory(this);
        }
    }

    @Override
    public HttpConnection create(URL next) throws IOException {
        return create(next, Proxy.NO_PROXY);
    }

    @Override
    public HttpConnection create(URL next, Proxy proxy) throws IOException {
        checkThatItStays(URI.create(url).toURL(), next);
        servers.check(next, proxy);
        return new LimitedConnection(next, proxy, allowance);
    }

    private void checkThatItStays(URL first, URL next) throws Refused {
        var upgraded = first.getProtocol().equals("http")
                && next.getProtocol().equals("https")
                && Servers.portOf(next) == next.getDefaultPort();
        var same = first.getProtocol().equals(next.getProtocol()) && Servers.portOf(first) == Servers.portOf(next);
        if (!first.getHost().equalsIgnoreCase(next.getHost()) || !(same || upgraded)) {
            throw new Refused("it redirects to '%s', which is another server; name the repository there"
                    .formatted(next.getProtocol() + "://" + Servers.hostOf(next)));
        }
        if (next.getPath().endsWith("/info/refs")
                && beginnings.add(next.toString())
                && beginnings.size() > MOST_REDIRECTS + 1) {
            throw new Refused("it redirects more than %d times".formatted(MOST_REDIRECTS));
        }
    }
}
