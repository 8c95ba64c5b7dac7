package dev.trestle.registry;

import dev.trestle.outward.Guard;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.stream.Stream;

/**
 * Registries that tenants name, so none of them is trusted: each address is checked by the {@link Guard}, a redirect's and a token server's
 * too. From TLS none leads to plain text, and from a public host none to one that is not.
 */
record GuardedRoute(Guard guard) implements Hops.Route {
    @Override
    public void check(URI next, URI by) throws IOException {
        if (!Hops.isHttp(next) || next.getUserInfo() != null) {
            throw new IOException("it names an address that is not an http URL");
        }
        if ("http".equalsIgnoreCase(next.getScheme()) && !"http".equalsIgnoreCase(by.getScheme())) {
            throw new IOException("it names '%s' without TLS".formatted(next.getHost()));
        }
        if (Hops.sameOrigin(next, by) || guard.isNamed(by.getHost(), Hops.port(by))) {
            guard.check(next.getHost(), Hops.port(next), isProxied(next));
        } else {
            guard.checkPublic(next.getHost(), isProxied(next));
        }
    }

    /** The client asks the JVM's own selector too. */
    private static boolean isProxied(URI uri) {
        return Stream.ofNullable(ProxySelector.getDefault())
                .flatMap(selector -> selector.select(uri).stream())
                .findFirst()
                .filter(proxy -> proxy.type() != Proxy.Type.DIRECT)
                .isPresent();
    }
}
