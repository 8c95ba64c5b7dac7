package dev.trestle.outward;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The proxies of {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY}, in either case, which the JDK does not read. They hold
 * for git servers and registries, and never for the API server.
 *
 * <p>{@code NO_PROXY} is a list of hosts, each with all below it, with a leading dot or without, with a port or without; {@code *} is
 * all. A proxy that asks for a password is not supported.
 */
public final class EnvironmentProxies extends ProxySelector {
    private static final Logger LOG = LoggerFactory.getLogger(EnvironmentProxies.class);
    private static final int DEFAULT_PORT = 3128;

    private final Map<String, Proxy> byScheme;
    private final List<String> direct;
    private final Set<String> never;
    private final @Nullable ProxySelector otherwise;

    private EnvironmentProxies(
            Map<String, Proxy> byScheme, List<String> direct, Set<String> never, @Nullable ProxySelector otherwise) {
        this.byScheme = byScheme;
        this.direct = direct;
        this.never = never;
        this.otherwise = otherwise;
    }

    /**
     * @param environment by name, null for unset variables
     * @param apiServer which is never asked by a proxy
     * @param otherwise decides where no variable does: by the JVM's system properties
     * @throws IllegalArgumentException when a variable is not the URL of a proxy
     */
    public static EnvironmentProxies of(
            UnaryOperator<@Nullable String> environment, URI apiServer, @Nullable ProxySelector otherwise) {
        var https = proxy(environment, "HTTPS_PROXY");
        var http = proxy(environment, "HTTP_PROXY");
        var byScheme = new HashMap<String, Proxy>();
        https.ifPresent(proxy -> byScheme.put("https", proxy));
        http.ifPresent(proxy -> byScheme.put("http", proxy));
        var direct = value(environment, "NO_PROXY").stream()
                .flatMap(list -> Arrays.stream(list.split("[,\\s]+")))
                .map(entry -> entry.toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", ""))
                .filter(entry -> !entry.isEmpty())
                .toList();
        return new EnvironmentProxies(byScheme, direct, Set.of(String.valueOf(apiServer.getHost())), otherwise);
    }

    /** The hosts of the proxies themselves. */
    public Stream<String> hosts() {
        return byScheme.values().stream()
                .map(proxy -> ((InetSocketAddress) Objects.requireNonNull(proxy.address())).getHostString());
    }

    private static Optional<String> value(UnaryOperator<@Nullable String> environment, String name) {
        return Stream.of(name.toLowerCase(Locale.ROOT), name)
                .map(environment)
                .filter(Objects::nonNull)
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    private static Optional<Proxy> proxy(UnaryOperator<@Nullable String> environment, String name) {
        return value(environment, name).map(value -> proxy(name, value));
    }

    private static Proxy proxy(String name, String value) {
        try {
            var uri = URI.create(value.contains("://") ? value : "http://" + value);
            if (uri.getHost() != null && "http".equals(uri.getScheme()) && uri.getUserInfo() == null) {
                var port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
                return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(uri.getHost(), port));
            }
        } catch (IllegalArgumentException e) {
            LOG.debug("Not a URL", e);
        }
        throw new IllegalArgumentException(
                "The environment variable '%s' is not the URL of a proxy that can be used; write it as 'http://proxy.example:3128', without user and password."
                        .formatted(name));
    }

    @Override
    public List<Proxy> select(URI uri) {
        var proxy = byScheme.get(uri.getScheme());
        if (uri.getHost() == null || never.contains(uri.getHost())) {
            return List.of(Proxy.NO_PROXY);
        }
        if (proxy == null) {
            return otherwise == null ? List.of(Proxy.NO_PROXY) : otherwise.select(uri);
        }
        return List.of(isDirect(uri) ? Proxy.NO_PROXY : proxy);
    }

    private boolean isDirect(URI uri) {
        var host = uri.getHost().toLowerCase(Locale.ROOT);
        var port = uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equals("http") ? 80 : 443;
        return direct.stream()
                .anyMatch(entry -> entry.equals("*")
                        || isWithin(host, entry)
                        || (entry.endsWith(":" + port) && isWithin(host, entry.substring(0, entry.lastIndexOf(':')))));
    }

    private static boolean isWithin(String host, String domain) {
        return host.equals(domain) || host.endsWith("." + domain);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress proxy, IOException failure) {
        LOG.atInfo()
                .addKeyValue("host", uri.getHost())
                .addKeyValue("proxy", proxy)
                .addKeyValue("failure", failure.getMessage())
                .log("Proxy not reached");
    }
}
