package io.evenkeel.config;

import java.net.InetAddress;

/** An address block such as {@code 10.0.0.0/8} or {@code fd00::/8}. Immutable. */
public record Cidr(InetAddress network, int prefixBits) {

    /** As it is written in YAML: {@code address/bits}. */
    @Override
    public String toString() {
        return network.getHostAddress() + "/" + prefixBits;
    }
}
