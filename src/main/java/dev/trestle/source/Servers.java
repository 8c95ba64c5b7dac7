package dev.trestle.source;

import dev.trestle.core.config.Configuration;
import dev.trestle.core.config.GitCredential;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The servers that may be asked for git repositories. Whoever writes a build chooses its URL, and the operator may reach what its
 * writer cannot: so the cloud's metadata, the operator's own host and the API server are not asked, unless they are named.
 */
public final class Servers {
    private static final int ANY_PORT = -1;

    private final Supplier<Configuration.Git> told;
    private final URI apiServer;

    /**
     * @param told the configuration as it is now
     * @param apiServer of the cluster; at that address and port is no git repository
     */
    public Servers(Supplier<Configuration.Git> told, URI apiServer) {
        this.told = told;
        this.apiServer = apiServer;
    }

    /** @throws Refused when this URL must not be asked, by this proxy */
    void check(URL url, Proxy proxy) throws IOException {
        var hosts = told.get().hosts();
        if (!hosts.isEmpty()) {
            if (!isListed(url, hosts)) {
                throw new Refused("'%s' is none of the servers in 'git.hosts' of the operator's configuration"
                        .formatted(hostOf(url)));
            }
        } else if (proxy.type() == Proxy.Type.DIRECT) {
            checkAddresses(url);
        }
    }

    /** The credentials for the server of this URL, if they may be sent to it so. */
    Optional<GitCredential> credentialFor(URL url) {
        return told.get().credentials().stream()
                .filter(credential -> isListed(url, List.of(credential.host())))
                .filter(credential ->
                        credential.plainHttp() || url.getProtocol().equals("https"))
                .findFirst();
    }

    /** The JVM remembers for a while what a name leads to, so what is connected to is what was looked at here. */
    private void checkAddresses(URL url) throws IOException {
        var ofApiServer = isPortOf(url, apiServer) ? addressesOf(apiServer.getHost()) : List.<InetAddress>of();
        for (var address : InetAddress.getAllByName(url.getHost())) {
            if (Special.is(address) || ofApiServer.contains(address)) {
                throw new Refused(
                        "'%s' leads to %s, which is asked only if 'git.hosts' of the operator's configuration names it"
                                .formatted(hostOf(url), address.getHostAddress()));
            }
        }
    }

    private static boolean isPortOf(URL url, URI other) {
        return portOf(url) == (other.getPort() == ANY_PORT ? 443 : other.getPort());
    }

    private static List<InetAddress> addressesOf(String host) throws IOException {
        return Arrays.asList(InetAddress.getAllByName(host));
    }

    private static boolean isListed(URL url, List<String> hosts) {
        return hosts.contains(hostOf(url)) || hosts.contains(nameOf(url) + ":" + portOf(url));
    }

    /** As it is written in a configuration: with the port where it is not the scheme's own. */
    static String hostOf(URL url) {
        return portOf(url) == url.getDefaultPort() ? nameOf(url) : nameOf(url) + ":" + portOf(url);
    }

    static int portOf(URL url) {
        return url.getPort() == ANY_PORT ? url.getDefaultPort() : url.getPort();
    }

    private static String nameOf(URL url) {
        return url.getHost().toLowerCase(Locale.ROOT);
    }
}
