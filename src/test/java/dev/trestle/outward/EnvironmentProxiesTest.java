package dev.trestle.outward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The usual variables hold for what is outside, and never for the API server. */
class EnvironmentProxiesTest {
    private static final URI API_SERVER = URI.create("https://10.96.0.1:443");
    private static final Proxy PROXY =
            new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("proxy.example", 3128));

    @ParameterizedTest(name = "{0}, NO_PROXY={1}: {2}")
    @CsvSource({
        "https://github.com/a.git, '', true",
        "https://github.com/a.git, 'internal.example,.corp', true",
        "https://git.internal.example/a.git, internal.example, false",
        "https://git.internal.example/a.git, .internal.example, false",
        "https://git.internal.example/a.git, *.internal.example, false",
        "https://notinternal.example/a.git, internal.example, true",
        "https://GIT.internal.example/a.git, 'x, GIT.INTERNAL.EXAMPLE', false",
        "https://git.example:8443/a.git, git.example:8443, false",
        "https://git.example/a.git, git.example:8443, true",
        "https://git.example/a.git, *, false",
        "https://10.0.0.5/a.git, 10.0.0.5, false",
        "https://10.96.0.1:443/api, '', false",
        "http://github.com/a.git, '', false",
    })
    void theProxyIsAskedUnlessNoProxySaysOtherwise(String url, String noProxy, boolean proxied) {
        var proxies = of(Map.of("HTTPS_PROXY", "http://proxy.example:3128", "NO_PROXY", noProxy));
        assertThat(proxies.select(URI.create(url))).containsExactly(proxied ? PROXY : Proxy.NO_PROXY);
    }

    @Test
    void eachSchemeHasItsOwnAndTheLowerCaseFormWins() {
        var proxies = of(Map.of("http_proxy", "proxy.example:3128", "HTTP_PROXY", "http://other.example"));
        assertThat(proxies.select(URI.create("http://git.example/a"))).containsExactly(PROXY);
        assertThat(proxies.select(URI.create("https://git.example/a"))).containsExactly(Proxy.NO_PROXY);
        assertThat(proxies.hosts()).containsExactly("proxy.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://proxy.example",
                "http://",
                "http://a b",
                "http://user:secret@proxy.example:1",
                "socks5://a"
            })
    void whatCannotBeUsedIsNamedWithoutItsValue(String value) {
        assertThatThrownBy(() -> of(Map.of("HTTPS_PROXY", value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'HTTPS_PROXY'")
                .hasMessageNotContaining("secret");
    }

    private static EnvironmentProxies of(Map<String, String> environment) {
        return EnvironmentProxies.of(environment::get, API_SERVER, null);
    }
}
