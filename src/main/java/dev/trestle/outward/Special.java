package dev.trestle.outward;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.List;

/**
 * Addresses that are not public: of this machine, its link, private and carriers' networks, clouds' metadata services, and those by
 * which IPv6 reaches IPv4.
 *
 * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IANA's special addresses of IPv4</a>
 * @see <a href="https://www.iana.org/assignments/iana-ipv6-special-registry">and of IPv6</a>
 */
final class Special {
    private static final List<Network> NETWORKS = List.of(
            network("0.0.0.0", 8),
            network("10.0.0.0", 8),
            network("100.64.0.0", 10), // and in it Alibaba Cloud's metadata service
            network("127.0.0.0", 8),
            network("168.63.129.16", 32), // Azure's platform
            network("169.254.0.0", 16),
            network("172.16.0.0", 12),
            network("192.0.0.0", 24), // and in it Oracle Cloud's metadata service
            network("192.168.0.0", 16),
            network("198.18.0.0", 15),
            network("224.0.0.0", 3), // multicast, reserved, broadcast
            network("::", 96), // unspecified, loopback, IPv4-compatible
            network("64:ff9b::", 96),
            network("64:ff9b:1::", 48),
            network("100::", 64),
            network("2001::", 32), // Teredo
            network("2002::", 16), // 6to4
            network("fc00::", 7), // and in it AWS's metadata service
            network("fe80::", 9), // link-local and site-local
            network("ff00::", 8));

    private Special() {}

    /**
     * @param first address, as a number
     * @param bits of an address of this family
     */
    private record Network(BigInteger first, int bits, int prefix) {
        boolean contains(InetAddress address) {
            var bytes = address.getAddress();
            return bytes.length * 8 == bits
                    && first.xor(new BigInteger(1, bytes))
                                    .shiftRight(bits - prefix)
                                    .signum()
                            == 0;
        }
    }

    private static Network network(String first, int prefix) {
        var bytes = InetAddress.ofLiteral(first).getAddress();
        return new Network(new BigInteger(1, bytes), bytes.length * 8, prefix);
    }

    /** An IPv4-mapped IPv6 address counts as the IPv4 address, which {@link InetAddress} makes of it. */
    static boolean is(InetAddress address) {
        return NETWORKS.stream().anyMatch(network -> network.contains(address));
    }
}
