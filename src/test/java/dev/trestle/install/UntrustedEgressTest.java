package dev.trestle.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.networking.v1.IPBlock;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the NetworkPolicy of untrusted builds lets through, by the meaning that Kubernetes gives to its fields. */
class UntrustedEgressTest {
    private final NetworkPolicy policy = Serialization.unmarshal(
            Files.readString(Path.of("config", "untrusted-namespace", "network_policy.yaml")), NetworkPolicy.class);

    UntrustedEgressTest() throws IOException {}

    @ParameterizedTest(name = "{0}:{1} by {2} is reached: {3} ({4})")
    @CsvSource({
        "140.82.121.3,    443,  TCP, true,  github.com",
        "151.101.2.132,   80,   TCP, true,  deb.debian.org",
        "2a04:4e42::644,  443,  TCP, true,  deb.debian.org",
        "140.82.121.3,    22,   TCP, false, another port",
        "140.82.121.3,    443,  UDP, false, another protocol",
        "8.8.8.8,         53,   UDP, false, names are asked of the cluster alone",
        "169.254.169.254, 80,   TCP, false, the cloud's metadata",
        "169.254.170.2,   80,   TCP, false, credentials of a cloud's task",
        "168.63.129.16,   80,   TCP, false, the cloud's agent",
        "fd00:ec2::254,   80,   TCP, false, the cloud's metadata",
        "fe80::1,         80,   TCP, false, link-local",
        "64:ff9b::a9fe:a9fe, 80, TCP, false, the cloud's metadata through NAT64",
        "::1,             80,   TCP, false, loopback",
        "10.96.0.1,       443,  TCP, false, the API server",
        "10.0.0.1,        443,  TCP, false, a private network",
        "172.16.0.1,      443,  TCP, false, a private network",
        "172.32.0.1,      443,  TCP, true,  not private any more",
        "192.168.1.1,     80,   TCP, false, a private network",
        "100.64.0.1,      443,  TCP, false, a carrier's network",
        "127.0.0.1,       443,  TCP, false, loopback",
        "0.0.0.0,         80,   TCP, false, this host",
        "224.0.0.251,     443,  TCP, false, multicast",
        "255.255.255.255, 443,  TCP, false, broadcast",
    })
    void letsThrough(String address, int port, String protocol, boolean reached, String why) throws Exception {
        var to = InetAddress.getByName(address);
        assertThat(policy.getSpec().getEgress().stream().anyMatch(rule -> allows(rule, to, port, protocol)))
                .as(why)
                .isEqualTo(reached);
    }

    @Test
    void isForEveryPodAndLetsNobodyIn() {
        assertThat(policy.getSpec().getPodSelector().getMatchLabels()).isNullOrEmpty();
        assertThat(policy.getSpec().getPolicyTypes()).containsExactlyInAnyOrder("Ingress", "Egress");
        assertThat(policy.getSpec().getIngress()).isEmpty();
    }

    /** A rule without ports or peers would let through everything. */
    @Test
    void everyRuleSaysWhereToAndByWhichPort() {
        assertThat(policy.getSpec().getEgress())
                .isNotEmpty()
                .allSatisfy(rule -> assertThat(rule.getTo()).isNotEmpty())
                .allSatisfy(rule -> assertThat(rule.getPorts()).isNotEmpty());
    }

    private static boolean allows(NetworkPolicyEgressRule rule, InetAddress to, int port, String protocol) {
        return rule.getPorts().stream()
                        .anyMatch(open -> open.getPort().getIntVal() == port
                                && open.getProtocol().equals(protocol))
                && rule.getTo().stream().anyMatch(peer -> peer.getIpBlock() != null && holds(peer.getIpBlock(), to));
    }

    private static boolean holds(IPBlock block, InetAddress address) {
        return isIn(block.getCidr(), address)
                && block.getExcept().stream().noneMatch(network -> isIn(network, address));
    }

    private static boolean isIn(String network, InetAddress address) {
        try {
            var slash = network.indexOf('/');
            var first = InetAddress.getByName(network.substring(0, slash)).getAddress();
            var other = address.getAddress();
            var rest = first.length * 8 - Integer.parseInt(network.substring(slash + 1));
            return first.length == other.length
                    && new BigInteger(1, first).shiftRight(rest).equals(new BigInteger(1, other).shiftRight(rest));
        } catch (IOException e) {
            throw new AssertionError(network, e);
        }
    }
}
