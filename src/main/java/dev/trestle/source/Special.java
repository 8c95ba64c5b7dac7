package dev.trestle.source;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.HexFormat;

/** Addresses that mean the machine itself, the link, or a cloud's metadata. */
final class Special {
    /** AWS's metadata service by IPv6. */
    private static final String AWS_METADATA = "fd000ec2000000000000000000000254";
    /** The metadata service of Alibaba Cloud, 100.100.100.200, is in the range that carriers share. */
    private static final String ALIBABA_METADATA = "646464c8";
    /** 64:ff9b::/96, by which IPv6 hosts reach IPv4 ones: https://www.rfc-editor.org/rfc/rfc6052#section-2.1. */
    private static final String NAT64 = "0064ff9b0000000000000000";

    private Special() {}

    static boolean is(InetAddress address) {
        var bytes = HexFormat.of().formatHex(address.getAddress());
        return address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isMulticastAddress()
                || bytes.equals(AWS_METADATA)
                || bytes.equals(ALIBABA_METADATA)
                || (address instanceof Inet4Address && bytes.startsWith("00"))
                || bytes.startsWith(NAT64);
    }
}
