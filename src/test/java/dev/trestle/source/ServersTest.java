package dev.trestle.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.core.config.Configuration;
import dev.trestle.core.config.GitCredential;
import java.net.InetSocketAddress;
import java.net.MalformedURLException;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which servers are asked, and which get credentials. No name is looked up here: addresses stand for themselves. */
class ServersTest {
    private static final URI API_SERVER = URI.create("https://192.0.2.6:6443");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/meta-data/a.git",
                "http://169.254.0.1:8080/a.git",
                "http://[fe80::1]/a.git",
                "http://[fd00:ec2::254]/a.git",
                "http://100.100.100.200/a.git",
                "http://127.0.0.1/a.git",
                "http://127.9.9.9/a.git",
                "http://[::1]/a.git",
                "http://[::ffff:127.0.0.1]/a.git",
                "http://[::ffff:169.254.169.254]/a.git",
                "http://[64:ff9b::a9fe:a9fe]/a.git",
                "http://0.0.0.0/a.git",
                "http://0.1.2.3/a.git",
                "http://[::]/a.git",
                "http://2130706433/a.git",
                "http://224.0.0.1/a.git",
                "https://192.0.2.6:6443/a.git",
                "https://192.0.2.6/a.git",
                "http://10.88.0.1:8080/a.git",
            })
    void whatIsNoGitServerIsNotAsked(String url) {
        assertThatThrownBy(() -> servers().check(url(url), Proxy.NO_PROXY))
                .isInstanceOf(dev.trestle.outward.Refused.class)
                .hasMessageContaining("is asked only if 'outward.hosts' of the operator's configuration names it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://192.0.2.1/a.git", "https://[2001:db8::1]/a.git"})
    void anyOtherServerIsAsked(String url) {
        assertThatCode(() -> servers().check(url(url), Proxy.NO_PROXY)).doesNotThrowAnyException();
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource({
        "git.example, https://git.example/a.git, true",
        "git.example, https://GIT.example:443/a.git, true",
        "git.example, http://git.example/a.git, true",
        "git.example:443, https://git.example/a.git, true",
        "git.example:8443, https://git.example:8443/a.git, true",
        "127.0.0.1:8080, http://127.0.0.1:8080/a.git, true",
        "git.example, https://git.example:8443/a.git, false",
        "git.example:443, http://git.example/a.git, false",
        "git.example, https://git.example.evil.example/a.git, false",
        "git.example, https://evil.example/git.example/a.git, false",
        "git.example, https://sub.git.example/a.git, false",
        "git.example, http://169.254.169.254/a.git, false",
    })
    void onlyTheServersThatAreListedAreAsked(String listed, String url, boolean asked) throws Exception {
        var servers = GitServer.listing(listed);
        var given = url(url);
        if (asked) {
            servers.check(given, Proxy.NO_PROXY);
        } else {
            assertThatThrownBy(() -> servers.check(given, Proxy.NO_PROXY))
                    .hasMessage("'%s' is none of the servers in 'git.hosts' of the operator's configuration"
                            .formatted(Servers.hostOf(given)));
        }
    }

    @Test
    void whatAProxyReachesIsNotLookedUpHere() {
        var proxy = new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("proxy.example", 3128));
        assertThatCode(() -> servers().check(url("https://no-such-name.invalid/a.git"), proxy))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest(name = "{0}, plainHttp {1}, {2}: {3}")
    @CsvSource({
        "git.example, false, https://git.example/a.git, true",
        "git.example, false, http://git.example/a.git, false",
        "git.example, true, http://git.example/a.git, true",
        "git.example, true, http://git.example:8080/a.git, false",
        "git.example, false, https://git.example:8443/a.git, false",
        "git.example, false, https://other.example/a.git, false",
        "git.example:8443, false, https://git.example:8443/a.git, true",
    })
    void credentialsAreForTheirServerOnly(String host, boolean plainHttp, String url, boolean given) throws Exception {
        var credential = new GitCredential(host, "/etc/trestle-git/a", plainHttp);
        assertThat(servers(credential).credentialFor(url(url)).isPresent()).isEqualTo(given);
    }

    private static Servers servers(GitCredential... credentials) {
        var told = new Configuration.Git(60, List.of(), List.of(credentials));
        return new Servers(() -> told, API_SERVER);
    }

    private static URL url(String text) throws MalformedURLException {
        return URI.create(text).toURL();
    }
}
