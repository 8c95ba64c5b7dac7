package dev.trestle.outward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No name and no number leads the operator to what only it can reach. No name is looked up here but this machine's. */
class GuardTest {
    private static final URI API_SERVER = URI.create("https://203.0.113.6:6443");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "127.0.0.1",
                "127.9.9.9",
                "localhost",
                "LOCALHOST.",
                "[::1]",
                "::ffff:127.0.0.1",
                "[::ffff:169.254.169.254]",
                "::127.0.0.1",
                "64:ff9b::a9fe:a9fe",
                "2002:7f00:1::1",
                "0.0.0.0",
                "0.1.2.3",
                "::",
                "2130706433",
                "10.88.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "100.64.0.1",
                "100.100.100.200",
                "168.63.129.16",
                "192.0.0.192",
                "198.19.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "203.0.113.6",
            })
    void whatIsNotPublicIsNotAsked(String host) {
        assertThatThrownBy(() -> guard().check(host, 443, false))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("is asked only if 'outward.hosts' of the operator's configuration names it")
                .hasMessageNotContaining("6443");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "172.15.255.255",
                "172.32.0.0",
                "192.169.0.1",
                "100.128.0.1",
                "11.0.0.0",
                "2606:4700::1"
            })
    void whatIsPublicIsAsked(String host) {
        assertThatCode(() -> guard().check(host, 443, false)).doesNotThrowAnyException();
    }

    @Test
    void whatTheAdministratorNamesIsAsked() {
        assertThatCode(() -> guard("10.0.0.5").check("10.0.0.5", 3000, false)).doesNotThrowAnyException();
        assertThatCode(() -> guard("10.0.0.5:3000").check("10.0.0.5", 3000, false))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> guard("10.0.0.5:3000").check("10.0.0.5", 3001, false))
                .isInstanceOf(Refused.class);
        assertThatThrownBy(() -> guard("10.0.0.5").check("10.0.0.6", 3000, false))
                .isInstanceOf(Refused.class);
    }

    @Test
    void byAProxyAddressesAreCheckedAndNamesAreNotLookedUp() {
        assertThatThrownBy(() -> guard().check("169.254.169.254", 80, true)).isInstanceOf(Refused.class);
        assertThatCode(() -> guard().check("no-such-name.invalid", 443, true)).doesNotThrowAnyException();
    }

    @Test
    void aNameThatLeadsElsewhereWhenItIsUsedGainsNothing() throws Exception {
        var rebound = List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("10.0.0.1"));
        var mixed = List.of(InetAddress.ofLiteral("203.0.113.6"), InetAddress.ofLiteral("1.1.1.1"));
        var guard = guard("registry.internal:5000");

        assertThat(guard.permitted("evil.example", rebound)).isEmpty();
        assertThat(guard.permitted("evil.example", mixed)).containsExactly(InetAddress.ofLiteral("1.1.1.1"));
        assertThat(guard.permitted("Registry.internal", rebound)).isEqualTo(rebound);

        GuardedResolver.obey(guard);
        try {
            assertThatThrownBy(() -> GuardedResolver.permitted("evil.example", rebound.stream()))
                    .isInstanceOf(UnknownHostException.class);
            assertThatThrownBy(() -> InetAddress.getAllByName("localhost.localdomain"))
                    .isInstanceOf(UnknownHostException.class);
        } finally {
            GuardedResolver.forget(guard);
        }
        assertThat(GuardedResolver.permitted("evil.example", Stream.of(InetAddress.ofLiteral("127.0.0.1"))))
                .hasSize(1);
    }

    private static Guard guard(String... named) {
        return new Guard(() -> Set.of(named), API_SERVER);
    }
}
