package dev.trestle.outward;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Which hosts are asked because a build, a git server or a registry names them. The operator can reach what they
 * cannot, so a host whose addresses are not public, or the API server's, is asked only where the administrator has named it.
 *
 * <p>A name is checked twice: before a request, for a message with the way out, and in {@link GuardedResolver} each time that the
 * JVM looks it up, so that the checked address is the connected one, wherever the name leads by then. By a proxy names are looked up
 * there, and it decides.
 */
public final class Guard {
    private final Supplier<Set<String>> named;
    private final String apiServer;
    private final Optional<InetAddress> apiServerAddress;

    /**
     * @param named hosts that the administrator has named, in lower case, each with a port where it holds for that alone; asked each
     *     time
     * @param apiServer of the cluster
     */
    public Guard(Supplier<Set<String>> named, URI apiServer) {
        this.named = named;
        this.apiServer = bare(String.valueOf(apiServer.getHost()));
        this.apiServerAddress = literal(this.apiServer);
    }

    /**
     * Refuses a host that is not to be asked.
     *
     * @param proxied whether a proxy is asked to connect to it, which then looks its name up
     * @throws Refused when it is not
     * @throws IOException when its name leads nowhere
     */
    public void check(String host, int port, boolean proxied) throws IOException {
        if (!isNamed(host, port)) {
            checkPublic(host, proxied);
        }
    }

    /**
     * Refuses a host that is not public, even if the administrator has named it.
     *
     * @throws Refused when it is not public
     */
    public void checkPublic(String host, boolean proxied) throws IOException {
        var bare = bare(host);
        var addresses = proxied ? literal(bare).stream().toList() : Arrays.asList(InetAddress.getAllByName(bare));
        var isApiServer = bare.equals(apiServer) || addresses.stream().anyMatch(this::isOfApiServer);
        if (isApiServer || addresses.stream().anyMatch(Special::is)) {
            throw new Refused(
                    "'%s' has an address that is not public, and is asked only if 'outward.hosts' of the operator's configuration names it"
                            .formatted(bare));
        }
    }

    /** Whether the administrator has named the host, alone or with this port. */
    public boolean isNamed(String host, int port) {
        var bare = bare(host);
        var hosts = named.get();
        return hosts.contains(bare) || hosts.contains(bare + ":" + port);
    }

    /** The addresses that may be connected to of those that a name leads to. */
    List<InetAddress> permitted(String name, List<InetAddress> addresses) {
        var host = name.toLowerCase(Locale.ROOT);
        if (host.equals(apiServer) || isNamedWithAnyPort(host)) {
            return addresses;
        }
        return addresses.stream()
                .filter(address -> !Special.is(address) && !isOfApiServer(address))
                .toList();
    }

    private boolean isNamedWithAnyPort(String host) {
        return named.get().stream().anyMatch(entry -> entry.equals(host) || entry.startsWith(host + ":"));
    }

    private boolean isOfApiServer(InetAddress address) {
        return apiServerAddress.filter(address::equals).isPresent();
    }

    private static Optional<InetAddress> literal(String host) {
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** In lower case, without the brackets of an IPv6 address and the dot of the root. */
    private static String bare(String host) {
        var lower = host.toLowerCase(Locale.ROOT);
        var unbracketed = lower.startsWith("[") ? lower.substring(1, lower.length() - 1) : lower;
        return unbracketed.endsWith(".") ? unbracketed.substring(0, unbracketed.length() - 1) : unbracketed;
    }
}
