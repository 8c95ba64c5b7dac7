package dev.trestle.source;

import dev.trestle.core.config.Configuration;
import dev.trestle.core.config.GitCredential;
import dev.trestle.outward.Guard;
import java.io.IOException;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The servers that may be asked for git repositories, and with which credentials. Authors of builds choose the URLs, so hosts that are
 * not public are asked only where the administrator names them, see {@link Guard}.
 */
public final class Servers {
    private static final int ANY_PORT = -1;

    private final Supplier<Configuration.Git> told;
    private final Guard guard;

    /**
     * @param told the configuration as it is now
     * @param guard decides which hosts are asked where the configuration lists none
     */
    public Servers(Supplier<Configuration.Git> told, Guard guard) {
        this.told = told;
        this.guard = guard;
    }

    /** With a guard that knows of no hosts but those of {@code told}. */
    Servers(Supplier<Configuration.Git> told, URI apiServer) {
        this(told, new Guard(() -> told.get().namedHosts(), apiServer));
    }

    /** @throws IOException when this URL must not be asked, by this proxy */
    void check(URL url, Proxy proxy) throws IOException {
        var hosts = told.get().hosts();
        if (!hosts.isEmpty()) {
            if (!isListed(url, hosts)) {
                throw new Refused("'%s' is none of the servers in 'git.hosts' of the operator's configuration"
                        .formatted(hostOf(url)));
            }
        } else {
            guard.check(url.getHost(), portOf(url), proxy.type() != Proxy.Type.DIRECT);
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
